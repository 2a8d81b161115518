/** Spanish. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { spanishChat } from "./chat/es.ts";
import { spanishFolder } from "./folder/es.ts";
import { spanishModels } from "./models/es.ts";
import { spanishPlayer } from "./player/es.ts";
import { spanishPictures, spanishSketch } from "./pictures/es.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = {
  audio: "el micrófono",
  video: "la cámara",
  screen: "la pantalla",
};

const figures = figuresIn("es", { second: " s", minute: " min", millisecond: " ms", percent: " %" });
const phrase = countingIn<"one" | "many" | "other">("es");

function counted(amount: number, one: string, other: string): string {
  return phrase(amount, { one: `# ${one}`, many: `# de ${other}`, other: `# ${other}` });
}

export const spanish: Words = {
  figures,

  page: {
    docs: "Documentación",
    connectionLost: "Se perdió la conexión, reconectando…",
    tryNow: "Probar ahora",
    scheme: { light: "Mostrar página clara", dark: "Mostrar página oscura" },
    signedIn: (name) => `Sesión iniciada: ${name}`,
    signOut: "Cerrar sesión",
    tooOld: (missing) => `Este navegador es demasiado antiguo para esta página, que necesita ${missing}.`,
    incomplete: "No se pudo cargar una parte de la página. Vuelva a cargarla para obtenerla.",
    notFound: "Página no encontrada",
    noSuchPage: "No hay ninguna demo en esta dirección. Quizá se haya renombrado o quitado.",
    allDemos: "Todas las demos",
  },

  finder: {
    find: "Buscar una demo",
    demos: "Demos",
    noSuchDemo: "Ninguna demo se llama así.",
    broken: "con errores",
  },

  demo: {
    inputs: "Entradas",
    outputs: "Resultados",
    settings: "Ajustes",
    runForgotten:
      "El servidor ya no tiene la ejecución de esta dirección: se reinició, o la borró una hora después de que " +
      "terminara. Vuelva a ejecutarla.",
    runElsewhere: "La ejecución de esta dirección no es de esta demo.",
    removed:
      "El archivo de esta demo ya no existe. Lo que hay en la página se queda hasta que usted la deje.",
    stale: (file) =>
      `${file} tiene un error desde la última vez que se guardó. Debajo está la demo como era antes.`,
    broken: "Esta demo tiene un error. Vuelve por sí sola cuando el archivo se guarda sin él.",
    required: (label) => `${label} es obligatorio.`,
    traceback: "Traza de llamadas",
    repair: "Reparar el archivo",
    notRepaired: (reason) => `El archivo no se reparó: ${reason}`,
    repairBy: (title) => `Reparación: ${title}`,
    warnings: (amount) => `${counted(amount, "advertencia", "advertencias")} en el archivo de esta demo`,
    toStage: "Mostrar ante un público",
    others: "Otras demos",
    previous: (title) => `Anterior: ${title}`,
    next: (title) => `Siguiente: ${title}`,
    fullScreen: "Pantalla completa",
  },

  log: {
    connectionLost: "Se perdió la conexión.",
    connectedAgain: "Conectado de nuevo.",
    attached: "Unido a la ejecución de la dirección.",
    fileBroken: "El archivo tiene ahora un error.",
    fileRead: "El archivo se leyó de nuevo.",
    notRead: (reason) => `No se pudo volver a leer la demo: ${reason}`,
    notStarted: (action, reason) => `${action} no se inició: ${reason}`,
    notStopped: (reason) => `La orden de detener no llegó: ${reason}`,
    stopWaits: (reason) => `La orden de detener no se pudo enviar y se enviará de nuevo: ${reason}`,
    notRecognised: (problem) => `Un evento de la ejecución no se pudo leer y se omite: ${problem}`,
  },

  server: {
    unreachable: "No se pudo llegar al servidor.",
    unanswered:
      "No se pudo llegar al servidor. Si aun así recibió la petición, esa ejecución termina por sí sola.",
    answered: (status) => `El servidor respondió ${status}`,
  },

  run: {
    notStarted: "sin iniciar",
    sending: "enviando…",
    starting: "iniciando…",
    startingUsually: (usually) => `iniciando, normalmente ${usually}`,
    waiting: "en espera",
    nextInLine: "siguiente en la cola",
    inLine: (position) => `${position}.º en la cola`,
    about: (place, eta) => `${place}, unos ${eta}`,
    stopping: "deteniéndose",
    stopWaits: "la orden de detener aún no se envió",
    failed: "falló",
    lost: "perdida",
    connectionLost: "conexión perdida",
    step: (unit, index) => `${unit ?? "paso"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "paso"} ${index} de ${total}`,
    canceled: {
      visitor: "detenida",
      superseded: "sustituida por una ejecución más reciente",
      left: "detenida, nadie miraba",
      server: "detenida por el servidor",
    },
    announcement: {
      finished: (action) => `${action}: terminado`,
      failed: (action) => `${action}: falló`,
      canceled: (action, how) => `${action}: ${how}`,
      lost: (action) => `${action}: se perdió, el servidor ya no la tiene`,
      after: (what, duration) => `${what} tras ${duration}`,
      because: (what, message) => `${what}: ${message}`,
      refused: (action, reason) => `${action}: rechazado, ${reason}`,
    },
    faults: {
      visitor: "Las entradas no son válidas",
      author: "El YAML de la demo tiene un error",
      developer: "El código de la demo falló",
      worker: "El proceso de la demo terminó",
      server: "El servidor tuvo un problema",
      limit: "Se alcanzó un límite",
    },
    fault: "La ejecución falló",
  },

  size: {
    words: (amount) => counted(amount, "palabra", "palabras"),
    lines: (amount) => counted(amount, "línea", "líneas"),
    rows: (amount) => counted(amount, "fila", "filas"),
    pictures: (amount) => counted(amount, "imagen", "imágenes"),
    areas: (amount) => counted(amount, "zona", "zonas"),
    files: (amount) => counted(amount, "archivo", "archivos"),
    audio: (duration) => `${duration} de sonido`,
    video: (duration) => `${duration} de vídeo`,
  },

  stream: {
    behind: (duration) => `${duration} de retraso`,
    ready: (duration) => `${duration} listos`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "Se ejecuta con cada cambio",
    every: (duration) => `Se ejecuta cada ${duration}`,
    stop: "Detener",
    stopping: "Deteniendo…",
    pause: "Pausa",
    goOn: "Continuar",
    send: "Enviar",
  },

  inputs: {
    reset: "Restablecer",
    resetOf: (label) => `Restablecer ${label}`,
    examples: "Ejemplos",
    required: "obligatorio",
    unknown: (type) =>
      `Esta página aún no conoce las entradas de tipo «${type}». Vuelva a cargarla para obtener la más reciente.`,
    valueOf: (label) => `${label}, valor`,
    colorText: (label) => `${label}, como texto`,
    lowest: (label) => `${label}, desde`,
    highest: (label) => `${label}, hasta`,
    between: (minimum, maximum) => `de ${minimum} a ${maximum}`,
    from: (minimum) => `desde ${minimum}`,
    upTo: (maximum) => `hasta ${maximum}`,
    choose: "Elegir…",
    chooseOrType: "Elegir o escribir…",
    addYourOwn: "Añadir otro…",
    addValue: "Añadir un valor",
    removeValue: (value) => `Quitar ${value}`,
    forInput: (words, label) => `${words}: ${label}`,
    record: "Grabar",
    nothingRecorded: "No se grabó nada.",
  },

  files: {
    uploading: (file) => `Enviando ${file}`,
    notSent: (file, reason) => `No se pudo enviar ${file}. ${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} ocupa ${figures.bytes(found_bytes)}; se aceptan ${figures.bytes(most_bytes)} como máximo.`,
    chooseFor: (label) => `Elegir un archivo para ${label}`,
    remove: "Quitar",
    removeFor: (label) => `Quitar lo elegido para ${label}`,
    upTo: (most_bytes) => `hasta ${figures.bytes(most_bytes)}`,
    any: {
      one: "Suelte un archivo, o haga clic para elegirlo",
      several: "Suelte archivos, o haga clic para elegirlos",
      chosen: "Hay un archivo elegido.",
      remove: (file, label) => `Quitar ${file} de ${label}`,
      refused: (file) => `${file} no es de un tipo que se acepte aquí.`,
    },
    attach: "Adjuntar archivos",
  },

  location: {
    noPicture: "La imagen aparece aquí en cuanto haya una.",
    notLoaded: "No se pudo cargar la imagen.",
    hint: {
      point: "Haga clic en la imagen o escriba los números.",
      box: "Dibuje un recuadro sobre la imagen o escriba los números.",
    },
    numbered: { point: (place) => `Punto ${place}`, box: (place) => `Recuadro ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "Anchura", height: "Altura" },
    add: { point: "Añadir un punto", box: "Añadir un recuadro" },
    remove: (name) => `Quitar ${name}`,
  },
  pictures: spanishPictures,
  sketch: spanishSketch,

  clip: {
    preview: (label) => `Vista previa de ${label}`,
    unplayable: "Este navegador no puede reproducirlo. Se envía de todos modos, entero.",
    unmeasured: "Aquí no se conoce su duración, así que no se puede recortar. Se envía entero.",
    start: (label) => `Inicio del fragmento de ${label}`,
    end: (label) => `Final del fragmento de ${label}`,
    takeAll: "Tomar todo",
    fromBeginning: "Desde el principio",
    audio: {
      invitation: "Suelte un sonido, o haga clic para elegirlo",
      chosen: "Hay un sonido elegido.",
      refused: (file) => `${file} no es un sonido que se acepte aquí.`,
    },
    video: {
      invitation: "Suelte un vídeo, o haga clic para elegirlo",
      chosen: "Hay un vídeo elegido.",
      refused: (file) => `${file} no es un vídeo que se acepte aquí.`,
    },
  },

  outputs: {
    formulaTooLarge: "demasiado larga, anidada o grande",
    formulaNotAllowed: (command) => `${command} no está permitido`,
    unknown: (type) =>
      `Esta página aún no conoce los resultados de tipo «${type}». Vuelva a cargarla para obtener la más reciente.`,
    empty: "Aún no hay nada.",
    change: { up: "sube", down: "baja" },
    legend: "Rótulos",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["de", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "depuración", info: "información", warning: "advertencia", error: "error" },
    close: "Cerrar",
    numbered: (name, number, all) => `${name}, ${number} de ${all}`,
    endedEmpty: "La ejecución terminó antes de que este resultado tuviera un valor.",
    none: "El último valor estaba vacío.",
    misfit: "Este valor no encaja en su resultado, así que se muestra como llegó:",
    waiting: "Esperando turno",
    working: "Trabajando",
    resumed: (state) => `reanudada · ${state}`,
    notStarted: "La ejecución no se inició",
    lost: "La ejecución se perdió",
    lostBecause:
      "El servidor se reinició durante la ejecución, o la borró después. Lo que había mostrado se queda aquí; " +
      "vuelva a ejecutarla para ver el resto.",
    traceback: "Traza de llamadas",
    notThisKind: (type) => `Esto no es de tipo ${type}.`,
    newest: "Lo más nuevo",
    more: (amount) => `${amount} más`,
    back: "Anterior",
    next: "Siguiente",
    download: "Descargar",
    saveCsv: "Descargar como CSV",
    savePicture: "Descargar como imagen",
    figureFailed: (reason: string) => `No se puede dibujar la figura: ${reason}`,
    downloadLater: "Descargar, cuando termine la ejecución",
    enlarge: "Ver en grande",
    zoom: "Ampliar",
    copyPicture: "Copiar la imagen",
    share: "Compartir",
  },

  chart: {
    legend: "Colores",
    asTable: "Mostrar como tabla",
    counted: "fila",
    kinds: {
      line: "Gráfico de líneas",
      bar: "Gráfico de barras",
      area: "Gráfico de áreas",
      scatter: "Gráfico de dispersión",
    },
    nothing: (name, kind) => `${name}. ${kind} sin puntos.`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}. ${kind} de ${series.join(", ")}: ${counted(amount, "punto", "puntos")}, de ${low} a ${high}. ` +
      "Las teclas de flecha los leen uno tras otro.",
  },

  copy: {
    text: "Copiar el texto",
    asJson: "Copiar como JSON",
    asCsv: "Copiar como CSV",
    number: "Copiar el número",
    answer: "Copiar la respuesta",
    yaml: "Copiar el YAML",
    html: "Copiar el HTML",
    log: "Copiar el registro",
    named: (name) => `Copiar ${name}`,
    copied: "Copiado",
  },

  shortcuts: {
    title: "Atajos de teclado",
    run: "Ejecutar, o enviar el mensaje",
    find: "Buscar una demo",
    newLine: "Nueva línea en un mensaje",
    stop: "Detener la respuesta",
    turn: "Demo siguiente o anterior, ante un público",
    leave: "Salir",
    list: "Esta lista",
  },

  capture: {
    asking: "A la espera de su permiso…",
    ready: "La cámara está encendida",
    recording: "Grabando",
    recordAgain: "Grabar de nuevo",
    cameraPicture: "Lo que ve la cámara",
    outOf: (longest) => ` de ${longest}`,
    stop: "Detener",
    stopFor: (label) => `Detener la grabación de ${label}`,
    discard: "Descartar",
    discardFor: (label) => `Descartar la grabación de ${label}`,
    notAllowed: (device) =>
      `Esta página no puede usar ${DEVICES[device]}. Permítalo en el navegador, junto a la dirección, e inténtelo ` +
      "de nuevo.",
    notSecure: (device) => `Solo se puede usar ${DEVICES[device]} por https. Elija un archivo en su lugar.`,
    notFound: (device) => `No se encuentra ${DEVICES[device]}. Conecte un dispositivo, o elija un archivo.`,
    notReadable: (device) => `Ahora no se puede usar ${DEVICES[device]}: quizá lo tenga otro programa.`,
    failed: (device, reason) => `No se puede usar ${DEVICES[device]}. ${reason}`.trim(),
    take: "Tomar la foto",
    switchCamera: "Cambiar a la cámara siguiente",
    leave: "Cerrar",
    nothingShared: "No se eligió ninguna pantalla, ventana ni pestaña, así que no hay imagen.",
    noScreens: "Este navegador no comparte su pantalla. Elija un archivo en su lugar.",
  },

  api: {
    firstTheFile: "Primero el archivo; la respuesta tiene su identificador.",
    fileId: (address) => `FILE_ID: lo que responde un POST del archivo a ${address}.`,
  },

  tableEditor: {
    cell: (column, row) => `${column}, fila ${row}`,
    add: "Añadir una fila",
    remove: "Quitar",
    removeRow: (row) => `Quitar la fila ${row}`,
    load: "Cargar CSV",
    leftOut: (columns) =>
      `${counted(columns, "columna omitida", "columnas omitidas")}, que esta tabla no tiene.`,
    tooMany: (most, rows) => `${most} filas como máximo: ${counted(rows, "fila omitida", "filas omitidas")}.`,
  },

  catalog: {
    tags: "Etiquetas",
    allTags: "todas",
    found: (found, all) => `${found} de ${all} demos`,
    noMatch: "Ninguna demo coincide.",
    showAll: "Mostrar todas",
    mistake: "Esta demo tiene un error.",
    skipped: (files) =>
      phrase(files, {
        one: "Se omitió # archivo sin `gradstream: 1`.",
        many: "Se omitieron # de archivos sin `gradstream: 1`.",
        other: "Se omitieron # archivos sin `gradstream: 1`.",
      }),
    empty: "Todavía no hay demos",
    firstDemo:
      "Escriba `gradstream new my_demo` en esta carpeta, o ponga estos dos archivos en la carpeta `demos`. " +
      "La página muestra la demo en cuanto se guardan.",
  },

  gallery: {
    invitation: "Suelte o pegue imágenes, o haga clic para elegirlas",
    caption: "Pie de imagen",
    captionOf: (file) => `Pie de imagen de ${file}`,
    earlier: "Antes",
    later: "Después",
    moved: (words, file) => `${words}: ${file}`,
    placed: (file, place, all) => `${file} es ahora la ${place} de ${all}`,
  },

  paging: {
    rows: "Filas",
    rowsShown: (first, last, all) => `${first}–${last} de ${all}`,
    columns: "Columnas",
    columnsShown: (first, last, all) => `Columnas ${first}–${last} de ${all}`,
  },

  compare: {
    before: "antes",
    after: "después",
    compare: (name) => `${name}: cuánto se ve de la imagen de antes`,
  },

  recorded: {
    recorded: (when) => `Una grabación de este ejemplo, hecha el ${when}.`,
    runNow: "Ejecutar ahora",
  },

  codeFields: {
    tabIndents: "Tab añade sangría. Para salir del campo, pulse Escape y luego Tab.",
    notJson: "Esto aún no es JSON.",
    notJsonIn: (line) => `Esto aún no es JSON: mire la línea ${line}.`,
    jsonText: "Solo un texto: escriba un objeto, una lista, un número, true o false.",
  },

  logView: {
    nothingLogged: "Aún no se ha registrado nada.",
    lines: (amount) => counted(amount, "línea", "líneas"),
    lastLines: (drawn, amount) => `Las últimas ${drawn} de ${amount} líneas; una copia las tiene todas`,
    cutLine: (characters) => ` … (${characters} caracteres más; una copia los tiene todos)`,
  },

  tabs: {
    about: "Acerca de esta demo",
    parts: "Partes",
    names: { yaml: "YAML", api: "API", log: "Registro" },
    action: "Acción",
    nothingToCall: "No hay nada que llamar hasta que se corrija el error.",
  },

  models: spanishModels,
  folder: spanishFolder,
  chat: spanishChat,
  player: spanishPlayer,
};
