import type { PlayerWords } from "./en.ts";

export const spanishPlayer: PlayerWords = {
  play: "Reproducir",
  pause: "Pausa",
  soundOn: "Activar el sonido",
  soundOff: "Silenciar",
  live: "En directo",
  fromStart: "Desde el principio",
  position: (label) => `Posición en ${label}`,
  downloadIt: "Descargar",
  connectionLost: "Se perdió la conexión, otro intento…",
  stalls: {
    more: "A la espera de más: la demo aún no ha enviado la siguiente parte.",
    loading: "La siguiente parte está en camino…",
    late: "No ha empezado a sonar: el principio no ha llegado, o este navegador no lo abre.",
    stuck: "Ya está aquí, pero este navegador no sigue reproduciéndolo.",
  },
  noFullScreen: "Este navegador no lo muestra a pantalla completa.",
  momentOf: (position, end) => `${position} de ${end}`,
  unplayable: "Este navegador no pudo reproducirlo.",
  unplayableType: (mime) => `Este navegador no reproduce ${mime}.`,
  noDevice: "No hay ningún dispositivo de sonido. Conecte uno y vuelva a ejecutar.",
  failed: "Algo salió mal al reproducirlo.",
  undecodable: "Este navegador no pudo descodificar una parte del flujo.",
  streamGone: "El servidor ya no tiene este flujo.",
  restGone: "El servidor ya no tiene el resto de este flujo.",
};
