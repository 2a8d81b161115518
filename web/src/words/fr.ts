/** French. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { frenchChat } from "./chat/fr.ts";
import { frenchFolder } from "./folder/fr.ts";
import { frenchModels } from "./models/fr.ts";
import { frenchPlayer } from "./player/fr.ts";
import { frenchPictures, frenchSketch } from "./pictures/fr.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = {
  audio: "le micro",
  video: "la caméra",
  screen: "l’écran",
};

const figures = figuresIn("fr", { second: " s", minute: " min", millisecond: " ms", percent: " %" });
const phrase = countingIn<"one" | "many" | "other">("fr");

function counted(amount: number, one: string, other: string): string {
  return phrase(amount, { one: `# ${one}`, many: `# de ${other}`, other: `# ${other}` });
}

export const french: Words = {
  figures,

  page: {
    docs: "Documentation",
    connectionLost: "La connexion est perdue, reconnexion…",
    tryNow: "Essayer maintenant",
    scheme: { light: "Afficher une page claire", dark: "Afficher une page sombre" },
    signedIn: (name) => `Connecté : ${name}`,
    signOut: "Se déconnecter",
    tooOld: (missing) => `Ce navigateur est trop ancien pour cette page, qui a besoin de ${missing}.`,
    incomplete: "Une partie de la page n’a pas pu être chargée. Rechargez la page pour l’obtenir.",
    notFound: "Page introuvable",
    noSuchPage: "Il n’y a pas de démo à cette adresse. Elle a peut-être été renommée ou supprimée.",
    allDemos: "Toutes les démos",
  },

  finder: {
    find: "Chercher une démo",
    demos: "Démos",
    noSuchDemo: "Aucune démo ne porte ce nom.",
    broken: "en erreur",
  },

  demo: {
    inputs: "Entrées",
    outputs: "Résultats",
    settings: "Réglages",
    runForgotten:
      "Le serveur n’a plus l’exécution indiquée dans cette adresse : il a été redémarré, ou l’a effacée une heure " +
      "après sa fin. Relancez-la.",
    runElsewhere: "L’exécution indiquée dans cette adresse n’est pas de cette démo.",
    removed:
      "Le fichier de cette démo a disparu. Ce qui est affiché reste jusqu’à ce que vous quittiez la page.",
    stale: (file) =>
      `${file} contient une erreur depuis son dernier enregistrement. La démo ci-dessous est celle d’avant.`,
    broken:
      "Cette démo contient une erreur. Elle revient d’elle-même quand le fichier est enregistré sans elle.",
    required: (label) => `${label} est obligatoire.`,
    traceback: "Trace d’appels",
    repair: "Réparer le fichier",
    notRepaired: (reason) => `Le fichier n’a pas été réparé : ${reason}`,
    repairBy: (title) => `Réparation : ${title}`,
    warnings: (amount) =>
      `${counted(amount, "avertissement", "avertissements")} dans le fichier de cette démo`,
    toStage: "Montrer à un public",
    others: "Autres démos",
    previous: (title) => `Précédente : ${title}`,
    next: (title) => `Suivante : ${title}`,
    fullScreen: "Plein écran",
  },

  log: {
    connectionLost: "La connexion a été perdue.",
    connectedAgain: "De nouveau connecté.",
    attached: "Rattaché à l’exécution indiquée dans l’adresse.",
    fileBroken: "Le fichier contient maintenant une erreur.",
    fileRead: "Le fichier a été relu.",
    notRead: (reason) => `La démo n’a pas pu être relue : ${reason}`,
    notStarted: (action, reason) => `${action} n’a pas démarré : ${reason}`,
    notStopped: (reason) => `L’arrêt n’a pas été entendu : ${reason}`,
    stopWaits: (reason) => `L’arrêt n’a pas pu être envoyé et le sera de nouveau : ${reason}`,
    notRecognised: (problem) => `Un événement de l’exécution était illisible et a été omis : ${problem}`,
  },

  server: {
    unreachable: "Le serveur est injoignable.",
    unanswered:
      "Le serveur est injoignable. S’il a tout de même reçu la demande, cette exécution se termine d’elle-même.",
    answered: (status) => `Le serveur a répondu ${status}`,
  },

  run: {
    notStarted: "pas démarré",
    sending: "envoi…",
    starting: "démarrage…",
    startingUsually: (usually) => `démarrage, d’habitude ${usually}`,
    waiting: "en attente",
    nextInLine: "prochain dans la file",
    inLine: (position) => `en position ${position} dans la file`,
    about: (place, eta) => `${place}, environ ${eta}`,
    stopping: "arrêt en cours",
    stopWaits: "arrêt pas encore envoyé",
    failed: "échec",
    lost: "perdu",
    connectionLost: "connexion perdue",
    step: (unit, index) => `${unit ?? "étape"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "étape"} ${index} sur ${total}`,
    canceled: {
      visitor: "arrêté",
      superseded: "remplacé par une exécution plus récente",
      left: "arrêté, personne ne regardait",
      server: "arrêté par le serveur",
    },
    announcement: {
      finished: (action) => `${action} : terminé`,
      failed: (action) => `${action} : échec`,
      canceled: (action, how) => `${action} : ${how}`,
      lost: (action) => `${action} : perdu, le serveur ne l’a plus`,
      after: (what, duration) => `${what} après ${duration}`,
      because: (what, message) => `${what} : ${message}`,
      refused: (action, reason) => `${action} : refusé, ${reason}`,
    },
    faults: {
      visitor: "Les entrées ne conviennent pas",
      author: "Le YAML de la démo contient une erreur",
      developer: "Le code de la démo a échoué",
      worker: "Le processus de la démo s’est arrêté",
      server: "Le serveur a eu un problème",
      limit: "Une limite a été atteinte",
    },
    fault: "L’exécution a échoué",
  },

  size: {
    words: (amount) => counted(amount, "mot", "mots"),
    lines: (amount) => counted(amount, "ligne", "lignes"),
    rows: (amount) => counted(amount, "ligne", "lignes"),
    pictures: (amount) => counted(amount, "image", "images"),
    areas: (amount) => counted(amount, "zone", "zones"),
    files: (amount) => counted(amount, "fichier", "fichiers"),
    audio: (duration) => `${duration} de son`,
    video: (duration) => `${duration} de vidéo`,
  },

  stream: {
    behind: (duration) => `${duration} de retard`,
    ready: (duration) => `${duration} d’avance`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "S’exécute à chaque modification",
    every: (duration) => `S’exécute toutes les ${duration}`,
    stop: "Arrêter",
    stopping: "Arrêt…",
    pause: "Pause",
    goOn: "Continuer",
    send: "Envoyer",
  },

  inputs: {
    reset: "Réinitialiser",
    resetOf: (label) => `Réinitialiser ${label}`,
    examples: "Exemples",
    required: "obligatoire",
    unknown: (type) =>
      `Cette page ne connaît pas encore les entrées de type « ${type} ». Rechargez-la pour avoir la plus récente.`,
    valueOf: (label) => `${label}, valeur`,
    colorText: (label) => `${label}, en texte`,
    lowest: (label) => `${label}, de`,
    highest: (label) => `${label}, à`,
    between: (minimum, maximum) => `${minimum} à ${maximum}`,
    from: (minimum) => `à partir de ${minimum}`,
    upTo: (maximum) => `jusqu’à ${maximum}`,
    choose: "Choisir…",
    chooseOrType: "Choisir ou saisir…",
    addYourOwn: "Ajouter le vôtre…",
    addValue: "Ajouter une valeur",
    removeValue: (value) => `Retirer ${value}`,
    forInput: (words, label) => `${words} : ${label}`,
    record: "Enregistrer",
    nothingRecorded: "Rien n’a été enregistré.",
  },

  files: {
    uploading: (file) => `Envoi de ${file}`,
    notSent: (file, reason) => `${file} n’a pas pu être envoyé. ${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} fait ${figures.bytes(found_bytes)} ; ${figures.bytes(most_bytes)} au plus sont acceptés.`,
    chooseFor: (label) => `Choisir un fichier pour ${label}`,
    remove: "Retirer",
    removeFor: (label) => `Retirer ce qui est choisi pour ${label}`,
    upTo: (most_bytes) => `jusqu’à ${figures.bytes(most_bytes)}`,
    any: {
      one: "Déposez un fichier, ou cliquez pour choisir",
      several: "Déposez des fichiers, ou cliquez pour choisir",
      chosen: "Un fichier est choisi.",
      remove: (file, label) => `Retirer ${file} de ${label}`,
      refused: (file) => `${file} n’est pas d’un type accepté ici.`,
    },
    attach: "Joindre des fichiers",
  },

  location: {
    noPicture: "L’image apparaît ici dès qu’il y en a une.",
    notLoaded: "L’image n’a pas pu être chargée.",
    hint: {
      point: "Cliquez dans l’image, ou saisissez les nombres.",
      box: "Tracez un cadre sur l’image, ou saisissez les nombres.",
    },
    numbered: { point: (place) => `Point ${place}`, box: (place) => `Cadre ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "Largeur", height: "Hauteur" },
    add: { point: "Ajouter un point", box: "Ajouter un cadre" },
    remove: (name) => `Retirer ${name}`,
  },
  pictures: frenchPictures,
  sketch: frenchSketch,

  clip: {
    preview: (label) => `Aperçu de ${label}`,
    unplayable: "Ce navigateur ne peut pas le lire. Il est envoyé tout de même, en entier.",
    unmeasured: "Sa durée n’est pas connue ici, on ne peut donc pas le couper. Il est envoyé en entier.",
    start: (label) => `Début de l’extrait de ${label}`,
    end: (label) => `Fin de l’extrait de ${label}`,
    takeAll: "Tout prendre",
    fromBeginning: "Depuis le début",
    audio: {
      invitation: "Déposez un son, ou cliquez pour choisir",
      chosen: "Un son est choisi.",
      refused: (file) => `${file} n’est pas un son accepté ici.`,
    },
    video: {
      invitation: "Déposez une vidéo, ou cliquez pour choisir",
      chosen: "Une vidéo est choisie.",
      refused: (file) => `${file} n’est pas une vidéo acceptée ici.`,
    },
  },

  outputs: {
    formulaTooLarge: "trop longue, trop imbriquée ou trop grande",
    formulaNotAllowed: (command) => `${command} n’est pas autorisé`,
    unknown: (type) =>
      `Cette page ne connaît pas encore les résultats de type « ${type} ». Rechargez-la pour avoir la plus récente.`,
    empty: "Rien pour l’instant.",
    change: { up: "en hausse de", down: "en baisse de" },
    legend: "Étiquettes",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["sur", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "débogage", info: "info", warning: "avertissement", error: "erreur" },
    close: "Fermer",
    numbered: (name, number, all) => `${name}, ${number} sur ${all}`,
    endedEmpty: "L’exécution s’est terminée avant que ce résultat ait une valeur.",
    none: "La dernière valeur était vide.",
    misfit: "Cette valeur ne convient pas à son résultat, elle est donc affichée telle quelle :",
    waiting: "En attente de son tour",
    working: "En cours",
    resumed: (state) => `repris · ${state}`,
    notStarted: "L’exécution n’a pas démarré",
    lost: "L’exécution est perdue",
    lostBecause:
      "Le serveur a été redémarré pendant l’exécution, ou l’a effacée depuis. Ce qu’elle avait affiché reste ici ; " +
      "relancez-la pour avoir la suite.",
    traceback: "Trace d’appels",
    notThisKind: (type) => `Ce n’est pas du type ${type}.`,
    newest: "Le plus récent",
    more: (amount) => `${amount} de plus`,
    back: "Précédent",
    next: "Suivant",
    download: "Télécharger",
    saveCsv: "Télécharger en CSV",
    savePicture: "Télécharger en image",
    figureFailed: (reason: string) => `La figure ne peut pas être dessinée : ${reason}`,
    downloadLater: "Télécharger, une fois l’exécution terminée",
    enlarge: "Afficher en grand",
    zoom: "Agrandir",
    copyPicture: "Copier l’image",
    share: "Partager",
  },

  chart: {
    legend: "Couleurs",
    asTable: "Afficher en tableau",
    counted: "ligne",
    kinds: {
      line: "Graphique en lignes",
      bar: "Graphique en barres",
      area: "Graphique en aires",
      scatter: "Nuage de points",
    },
    nothing: (name, kind) => `${name}. ${kind} sans points.`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}. ${kind} pour ${series.join(", ")} : ${counted(amount, "point", "points")}, de ${low} à ${high}. ` +
      "Les flèches du clavier les lisent l’un après l’autre.",
  },

  copy: {
    text: "Copier le texte",
    asJson: "Copier en JSON",
    asCsv: "Copier en CSV",
    number: "Copier le nombre",
    answer: "Copier la réponse",
    yaml: "Copier le YAML",
    html: "Copier le HTML",
    log: "Copier le journal",
    named: (name) => `Copier ${name}`,
    copied: "Copié",
  },

  shortcuts: {
    title: "Raccourcis clavier",
    run: "Lancer, ou envoyer le message",
    find: "Chercher une démo",
    newLine: "Nouvelle ligne dans un message",
    stop: "Arrêter la réponse",
    turn: "Démo suivante ou précédente, devant un public",
    leave: "Quitter",
    list: "Cette liste",
  },

  capture: {
    asking: "En attente de votre autorisation…",
    ready: "La caméra est allumée",
    recording: "Enregistrement",
    recordAgain: "Recommencer",
    cameraPicture: "Ce que voit la caméra",
    outOf: (longest) => ` sur ${longest}`,
    stop: "Arrêter",
    stopFor: (label) => `Arrêter l’enregistrement de ${label}`,
    discard: "Abandonner",
    discardFor: (label) => `Abandonner l’enregistrement de ${label}`,
    notAllowed: (device) =>
      `Cette page ne peut pas utiliser ${DEVICES[device]}. Autorisez-la dans le navigateur, à côté de l’adresse, ` +
      "et réessayez.",
    notSecure: (device) =>
      `On ne peut utiliser ${DEVICES[device]} qu’en https. Choisissez plutôt un fichier.`,
    notFound: (device) =>
      `Impossible de trouver ${DEVICES[device]}. Branchez un appareil ou choisissez un fichier.`,
    notReadable: (device) =>
      `Impossible d’utiliser ${DEVICES[device]} pour l’instant : un autre programme l’utilise peut-être.`,
    failed: (device, reason) => `Impossible d’utiliser ${DEVICES[device]}. ${reason}`.trim(),
    take: "Prendre la photo",
    switchCamera: "Passer à la caméra suivante",
    leave: "Fermer",
    nothingShared: "Aucun écran, aucune fenêtre ni aucun onglet n’a été choisi : il n’y a donc pas d’image.",
    noScreens: "Ce navigateur ne partage pas son écran. Choisissez plutôt un fichier.",
  },

  api: {
    firstTheFile: "D’abord le fichier ; la réponse contient son identifiant.",
    fileId: (address) => `FILE_ID : ce que répond un POST du fichier à ${address}.`,
  },

  tableEditor: {
    cell: (column, row) => `${column}, ligne ${row}`,
    add: "Ajouter une ligne",
    remove: "Retirer",
    removeRow: (row) => `Retirer la ligne ${row}`,
    load: "Charger un CSV",
    leftOut: (columns) => `${counted(columns, "colonne omise", "colonnes omises")}, que ce tableau n’a pas.`,
    tooMany: (most, rows) => `${most} lignes au plus : ${counted(rows, "ligne omise", "lignes omises")}.`,
  },

  catalog: {
    tags: "Mots-clés",
    allTags: "tous",
    found: (found, all) => `${found} démos sur ${all}`,
    noMatch: "Aucune démo ne correspond.",
    showAll: "Tout afficher",
    mistake: "Cette démo contient une erreur.",
    skipped: (files) =>
      phrase(files, {
        one: "# fichier sans `gradstream: 1` a été ignoré.",
        many: "# de fichiers sans `gradstream: 1` ont été ignorés.",
        other: "# fichiers sans `gradstream: 1` ont été ignorés.",
      }),
    empty: "Pas encore de démos",
    firstDemo:
      "Tapez `gradstream new my_demo` dans ce dossier, ou placez ces deux fichiers dans le dossier `demos`. " +
      "La page affiche la démo dès qu’ils sont enregistrés.",
  },

  gallery: {
    invitation: "Déposez ou collez des images, ou cliquez pour choisir",
    caption: "Légende",
    captionOf: (file) => `Légende de ${file}`,
    earlier: "Avancer",
    later: "Reculer",
    moved: (words, file) => `${words} : ${file}`,
    placed: (file, place, all) => `${file} est maintenant ${place} sur ${all}`,
  },

  paging: {
    rows: "Lignes",
    rowsShown: (first, last, all) => `${first}–${last} sur ${all}`,
    columns: "Colonnes",
    columnsShown: (first, last, all) => `Colonnes ${first}–${last} sur ${all}`,
  },

  compare: {
    before: "avant",
    after: "après",
    compare: (name) => `${name} : part visible de l’image d’avant`,
  },

  recorded: {
    recorded: (when) => `Un enregistrement de cet exemple, fait le ${when}.`,
    runNow: "Exécuter maintenant",
  },

  codeFields: {
    tabIndents: "Tab indente. Pour quitter le champ, appuyez sur Échap puis sur Tab.",
    notJson: "Ce n’est pas encore du JSON.",
    notJsonIn: (line) => `Ce n’est pas encore du JSON : voyez la ligne ${line}.`,
    jsonText: "Un simple texte : écrivez un objet, une liste, un nombre, true ou false.",
  },

  logView: {
    nothingLogged: "Le journal est encore vide.",
    lines: (amount) => counted(amount, "ligne", "lignes"),
    lastLines: (drawn, amount) =>
      `Les ${drawn} dernières lignes sur ${amount} ; une copie les contient toutes`,
    cutLine: (characters) => ` … (${characters} caractères de plus ; une copie les contient tous)`,
  },

  tabs: {
    about: "À propos de cette démo",
    parts: "Parties",
    names: { yaml: "YAML", api: "API", log: "Journal" },
    action: "Action",
    nothingToCall: "Il n’y a rien à appeler tant que l’erreur n’est pas corrigée.",
  },

  models: frenchModels,
  folder: frenchFolder,
  chat: frenchChat,
  player: frenchPlayer,
};
