/** Portuguese. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { portugueseChat } from "./chat/pt.ts";
import { portugueseFolder } from "./folder/pt.ts";
import { portugueseModels } from "./models/pt.ts";
import { portuguesePlayer } from "./player/pt.ts";
import { portuguesePictures, portugueseSketch } from "./pictures/pt.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = {
  audio: "o microfone",
  video: "a câmera",
  screen: "a tela",
};

const figures = figuresIn("pt", { second: " s", minute: " min", millisecond: " ms", percent: "%" });
const phrase = countingIn<"one" | "many" | "other">("pt");

function counted(amount: number, one: string, other: string): string {
  return phrase(amount, { one: `# ${one}`, many: `# de ${other}`, other: `# ${other}` });
}

export const portuguese: Words = {
  figures,

  page: {
    docs: "Documentação",
    connectionLost: "A conexão foi perdida, reconectando…",
    tryNow: "Tentar agora",
    scheme: { light: "Mostrar página clara", dark: "Mostrar página escura" },
    signedIn: (name) => `Conectado como ${name}`,
    signOut: "Sair",
    tooOld: (missing) => `Este navegador é antigo demais para esta página, que precisa de ${missing}.`,
    incomplete: "Uma parte da página não pôde ser carregada. Recarregue a página para obtê-la.",
    notFound: "Página não encontrada",
    noSuchPage: "Não há demo neste endereço. Talvez tenha sido renomeada ou removida.",
    allDemos: "Todas as demos",
  },

  finder: {
    find: "Procurar uma demo",
    demos: "Demos",
    noSuchDemo: "Nenhuma demo tem esse nome.",
    broken: "com erro",
  },

  demo: {
    inputs: "Entradas",
    outputs: "Resultados",
    settings: "Configurações",
    runForgotten:
      "O servidor não tem mais a execução deste endereço: foi reiniciado, ou a apagou uma hora depois do fim. " +
      "Execute de novo.",
    runElsewhere: "A execução deste endereço não é desta demo.",
    removed: "O arquivo desta demo não existe mais. O que está na página fica até você sair dela.",
    stale: (file) =>
      `${file} tem um erro desde que foi salvo pela última vez. Abaixo está a demo como era antes.`,
    broken: "Esta demo tem um erro. Ela volta sozinha quando o arquivo é salvo sem ele.",
    required: (label) => `${label} é obrigatório.`,
    traceback: "Rastro de chamadas",
    repair: "Reparar o arquivo",
    notRepaired: (reason) => `O arquivo não foi reparado: ${reason}`,
    repairBy: (title) => `Reparo: ${title}`,
    warnings: (amount) => `${counted(amount, "aviso", "avisos")} no arquivo desta demo`,
    toStage: "Mostrar a um público",
    others: "Outras demos",
    previous: (title) => `Anterior: ${title}`,
    next: (title) => `Próxima: ${title}`,
    fullScreen: "Tela cheia",
  },

  log: {
    connectionLost: "A conexão foi perdida.",
    connectedAgain: "Conectado de novo.",
    attached: "Ligado à execução do endereço.",
    fileBroken: "O arquivo agora tem um erro.",
    fileRead: "O arquivo foi lido de novo.",
    notRead: (reason) => `A demo não pôde ser lida de novo: ${reason}`,
    notStarted: (action, reason) => `${action} não foi iniciado: ${reason}`,
    notStopped: (reason) => `O pedido de parar não chegou: ${reason}`,
    stopWaits: (reason) => `O pedido de parar não pôde ser enviado e será enviado de novo: ${reason}`,
    notRecognised: (problem) => `Um evento da execução não pôde ser lido e foi omitido: ${problem}`,
  },

  server: {
    unreachable: "Não foi possível alcançar o servidor.",
    unanswered:
      "Não foi possível alcançar o servidor. Se ele recebeu o pedido mesmo assim, essa execução termina sozinha.",
    answered: (status) => `O servidor respondeu ${status}`,
  },

  run: {
    notStarted: "não iniciada",
    sending: "enviando…",
    starting: "iniciando…",
    startingUsually: (usually) => `iniciando, em geral ${usually}`,
    waiting: "aguardando",
    nextInLine: "próxima da fila",
    inLine: (position) => `${position}.ª da fila`,
    about: (place, eta) => `${place}, cerca de ${eta}`,
    stopping: "parando",
    stopWaits: "pedido de parar ainda não enviado",
    failed: "falhou",
    lost: "perdida",
    connectionLost: "conexão perdida",
    step: (unit, index) => `${unit ?? "passo"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "passo"} ${index} de ${total}`,
    canceled: {
      visitor: "parada",
      superseded: "substituída por uma execução mais nova",
      left: "parada, ninguém estava vendo",
      server: "parada pelo servidor",
    },
    announcement: {
      finished: (action) => `${action}: concluído`,
      failed: (action) => `${action}: falhou`,
      canceled: (action, how) => `${action}: ${how}`,
      lost: (action) => `${action}: perdida, o servidor não a tem mais`,
      after: (what, duration) => `${what} após ${duration}`,
      because: (what, message) => `${what}: ${message}`,
      refused: (action, reason) => `${action}: recusado, ${reason}`,
    },
    faults: {
      visitor: "As entradas não servem",
      author: "O YAML da demo tem um erro",
      developer: "O código da demo falhou",
      worker: "O processo da demo terminou",
      server: "O servidor teve um problema",
      limit: "Um limite foi atingido",
    },
    fault: "A execução falhou",
  },

  size: {
    words: (amount) => counted(amount, "palavra", "palavras"),
    lines: (amount) => counted(amount, "linha", "linhas"),
    rows: (amount) => counted(amount, "linha", "linhas"),
    pictures: (amount) => counted(amount, "imagem", "imagens"),
    areas: (amount) => counted(amount, "área", "áreas"),
    files: (amount) => counted(amount, "arquivo", "arquivos"),
    audio: (duration) => `${duration} de som`,
    video: (duration) => `${duration} de vídeo`,
  },

  stream: {
    behind: (duration) => `${duration} de atraso`,
    ready: (duration) => `${duration} prontos`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "Executa a cada mudança",
    every: (duration) => `Executa a cada ${duration}`,
    stop: "Parar",
    stopping: "Parando…",
    pause: "Pausar",
    goOn: "Continuar",
    send: "Enviar",
  },

  inputs: {
    reset: "Redefinir",
    resetOf: (label) => `Restaurar ${label}`,
    examples: "Exemplos",
    required: "obrigatório",
    unknown: (type) =>
      `Esta página ainda não conhece entradas do tipo “${type}”. Recarregue-a para obter a mais nova.`,
    valueOf: (label) => `${label}, valor`,
    colorText: (label) => `${label}, como texto`,
    lowest: (label) => `${label}, de`,
    highest: (label) => `${label}, até`,
    between: (minimum, maximum) => `de ${minimum} a ${maximum}`,
    from: (minimum) => `a partir de ${minimum}`,
    upTo: (maximum) => `até ${maximum}`,
    choose: "Escolher…",
    chooseOrType: "Escolher ou digitar…",
    addYourOwn: "Adicionar outro…",
    addValue: "Adicionar um valor",
    removeValue: (value) => `Remover ${value}`,
    forInput: (words, label) => `${words}: ${label}`,
    record: "Gravar",
    nothingRecorded: "Nada foi gravado.",
  },

  files: {
    uploading: (file) => `Enviando ${file}`,
    notSent: (file, reason) => `${file} não pôde ser enviado. ${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} tem ${figures.bytes(found_bytes)}; são aceitos no máximo ${figures.bytes(most_bytes)}.`,
    chooseFor: (label) => `Escolher um arquivo para ${label}`,
    remove: "Remover",
    removeFor: (label) => `Remover o que foi escolhido para ${label}`,
    upTo: (most_bytes) => `até ${figures.bytes(most_bytes)}`,
    any: {
      one: "Solte um arquivo, ou clique para escolher",
      several: "Solte arquivos, ou clique para escolher",
      chosen: "Um arquivo foi escolhido.",
      remove: (file, label) => `Remover ${file} de ${label}`,
      refused: (file) => `${file} não é de um tipo aceito aqui.`,
    },
    attach: "Anexar arquivos",
  },

  location: {
    noPicture: "A imagem aparece aqui assim que houver uma.",
    notLoaded: "Não foi possível carregar a imagem.",
    hint: {
      point: "Clique na imagem ou digite os números.",
      box: "Desenhe uma caixa sobre a imagem ou digite os números.",
    },
    numbered: { point: (place) => `Ponto ${place}`, box: (place) => `Caixa ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "Largura", height: "Altura" },
    add: { point: "Adicionar um ponto", box: "Adicionar uma caixa" },
    remove: (name) => `Remover ${name}`,
  },
  pictures: portuguesePictures,
  sketch: portugueseSketch,

  clip: {
    preview: (label) => `Prévia de ${label}`,
    unplayable: "Este navegador não consegue reproduzir. É enviado mesmo assim, inteiro.",
    unmeasured: "A duração não é conhecida aqui, por isso não se pode cortar. É enviado inteiro.",
    start: (label) => `Início do trecho de ${label}`,
    end: (label) => `Fim do trecho de ${label}`,
    takeAll: "Usar tudo",
    fromBeginning: "Desde o início",
    audio: {
      invitation: "Solte um som, ou clique para escolher",
      chosen: "Um som foi escolhido.",
      refused: (file) => `${file} não é um som aceito aqui.`,
    },
    video: {
      invitation: "Solte um vídeo, ou clique para escolher",
      chosen: "Um vídeo foi escolhido.",
      refused: (file) => `${file} não é um vídeo aceito aqui.`,
    },
  },

  outputs: {
    formulaTooLarge: "demasiado longa, aninhada ou grande",
    formulaNotAllowed: (command) => `${command} não é permitido`,
    unknown: (type) =>
      `Esta página ainda não conhece resultados do tipo “${type}”. Recarregue-a para obter a mais nova.`,
    empty: "Nada aqui ainda.",
    change: { up: "subiu", down: "desceu" },
    legend: "Rótulos",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["de", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "depuração", info: "informação", warning: "aviso", error: "erro" },
    close: "Fechar",
    numbered: (name, number, all) => `${name}, ${number} de ${all}`,
    endedEmpty: "A execução terminou antes que este resultado tivesse um valor.",
    none: "O último valor estava vazio.",
    misfit: "Este valor não serve para o seu resultado, por isso é mostrado como veio:",
    waiting: "Aguardando a vez",
    working: "Trabalhando",
    resumed: (state) => `retomada · ${state}`,
    notStarted: "A execução não foi iniciada",
    lost: "A execução foi perdida",
    lostBecause:
      "O servidor foi reiniciado durante a execução, ou a apagou depois. O que ela tinha mostrado fica aqui; " +
      "execute de novo para ver o resto.",
    traceback: "Rastro de chamadas",
    notThisKind: (type) => `Isto não é do tipo ${type}.`,
    newest: "Mais recente",
    more: (amount) => `mais ${amount}`,
    back: "Anterior",
    next: "Próximo",
    download: "Baixar",
    saveCsv: "Baixar como CSV",
    savePicture: "Baixar como imagem",
    figureFailed: (reason: string) => `A figura não pode ser desenhada: ${reason}`,
    downloadLater: "Baixar, quando a execução terminar",
    enlarge: "Ver em tamanho grande",
    zoom: "Ampliar",
    copyPicture: "Copiar a imagem",
    share: "Compartilhar",
  },

  chart: {
    legend: "Cores",
    asTable: "Mostrar como tabela",
    counted: "linha",
    kinds: {
      line: "Gráfico de linhas",
      bar: "Gráfico de barras",
      area: "Gráfico de áreas",
      scatter: "Gráfico de dispersão",
    },
    nothing: (name, kind) => `${name}. ${kind} sem pontos.`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}. ${kind} de ${series.join(", ")}: ${counted(amount, "ponto", "pontos")}, de ${low} a ${high}. ` +
      "As teclas de seta leem um após o outro.",
  },

  copy: {
    text: "Copiar o texto",
    asJson: "Copiar como JSON",
    asCsv: "Copiar como CSV",
    number: "Copiar o número",
    answer: "Copiar a resposta",
    yaml: "Copiar o YAML",
    html: "Copiar o HTML",
    log: "Copiar o registro",
    named: (name) => `Copiar ${name}`,
    copied: "Copiado",
  },

  shortcuts: {
    title: "Atalhos de teclado",
    run: "Executar, ou enviar a mensagem",
    find: "Procurar uma demo",
    newLine: "Nova linha em uma mensagem",
    stop: "Parar a resposta",
    turn: "Demonstração seguinte ou anterior, diante de um público",
    leave: "Sair",
    list: "Esta lista",
  },

  capture: {
    asking: "Aguardando sua permissão…",
    ready: "A câmera está ligada",
    recording: "Gravando",
    recordAgain: "Gravar de novo",
    cameraPicture: "O que a câmera vê",
    outOf: (longest) => ` de ${longest}`,
    stop: "Parar",
    stopFor: (label) => `Parar a gravação de ${label}`,
    discard: "Descartar",
    discardFor: (label) => `Descartar a gravação de ${label}`,
    notAllowed: (device) =>
      `Esta página não pode usar ${DEVICES[device]}. Permita no navegador, ao lado do endereço, e tente de novo.`,
    notSecure: (device) => `Só se pode usar ${DEVICES[device]} por https. Escolha um arquivo em vez disso.`,
    notFound: (device) =>
      `Não foi possível encontrar ${DEVICES[device]}. Conecte um dispositivo ou escolha um arquivo.`,
    notReadable: (device) => `Agora não se pode usar ${DEVICES[device]}: outro programa pode estar usando.`,
    failed: (device, reason) => `Não se pode usar ${DEVICES[device]}. ${reason}`.trim(),
    take: "Tirar a foto",
    switchCamera: "Mudar para a próxima câmera",
    leave: "Fechar",
    nothingShared: "Nenhuma tela, janela ou aba foi escolhida, por isso não há imagem.",
    noScreens: "Este navegador não compartilha a tela. Escolha um arquivo em vez disso.",
  },

  api: {
    firstTheFile: "Primeiro o arquivo; a resposta tem o identificador dele.",
    fileId: (address) => `FILE_ID: o que um POST do arquivo para ${address} responde.`,
  },

  tableEditor: {
    cell: (column, row) => `${column}, linha ${row}`,
    add: "Adicionar uma linha",
    remove: "Remover",
    removeRow: (row) => `Remover a linha ${row}`,
    load: "Carregar CSV",
    leftOut: (columns) =>
      `${counted(columns, "coluna omitida", "colunas omitidas")}, que esta tabela não tem.`,
    tooMany: (most, rows) =>
      `No máximo ${most} linhas: ${counted(rows, "linha omitida", "linhas omitidas")}.`,
  },

  catalog: {
    tags: "Etiquetas",
    allTags: "todas",
    found: (found, all) => `${found} de ${all} demos`,
    noMatch: "Nenhuma demo corresponde.",
    showAll: "Mostrar todas",
    mistake: "Esta demo tem um erro.",
    skipped: (files) =>
      phrase(files, {
        one: "# arquivo sem `gradstream: 1` foi ignorado.",
        many: "# de arquivos sem `gradstream: 1` foram ignorados.",
        other: "# arquivos sem `gradstream: 1` foram ignorados.",
      }),
    empty: "Ainda não há demos",
    firstDemo:
      "Digite `gradstream new my_demo` nesta pasta, ou coloque estes dois arquivos na pasta `demos`. " +
      "A página mostra a demo assim que eles são salvos.",
  },

  gallery: {
    invitation: "Solte ou cole imagens, ou clique para escolher",
    caption: "Legenda",
    captionOf: (file) => `Legenda de ${file}`,
    earlier: "Para antes",
    later: "Para depois",
    moved: (words, file) => `${words}: ${file}`,
    placed: (file, place, all) => `${file} é agora a ${place} de ${all}`,
  },

  paging: {
    rows: "Linhas",
    rowsShown: (first, last, all) => `${first}–${last} de ${all}`,
    columns: "Colunas",
    columnsShown: (first, last, all) => `Colunas ${first}–${last} de ${all}`,
  },

  compare: {
    before: "antes",
    after: "depois",
    compare: (name) => `${name}: quanto se vê da imagem de antes`,
  },

  recorded: {
    recorded: (when) => `Uma gravação deste exemplo, feita em ${when}.`,
    runNow: "Executar agora",
  },

  codeFields: {
    tabIndents: "Tab recua o texto. Para sair do campo, pressione Escape e depois Tab.",
    notJson: "Isto ainda não é JSON.",
    notJsonIn: (line) => `Isto ainda não é JSON: veja a linha ${line}.`,
    jsonText: "Apenas um texto: escreva um objeto, uma lista, um número, true ou false.",
  },

  logView: {
    nothingLogged: "Nada foi registrado ainda.",
    lines: (amount) => counted(amount, "linha", "linhas"),
    lastLines: (drawn, amount) => `As últimas ${drawn} de ${amount} linhas; uma cópia tem todas`,
    cutLine: (characters) => ` … (mais ${characters} caracteres; uma cópia tem todos)`,
  },

  tabs: {
    about: "Sobre esta demo",
    parts: "Partes",
    names: { yaml: "YAML", api: "API", log: "Registro" },
    action: "Ação",
    nothingToCall: "Não há nada para chamar até que o erro seja corrigido.",
  },

  models: portugueseModels,
  folder: portugueseFolder,
  chat: portugueseChat,
  player: portuguesePlayer,
};
