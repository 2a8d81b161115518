import type { PlayerWords } from "./en.ts";

export const portuguesePlayer: PlayerWords = {
  play: "Reproduzir",
  pause: "Pausar",
  soundOn: "Ligar o som",
  soundOff: "Desligar o som",
  live: "Ao vivo",
  fromStart: "Desde o início",
  position: (label) => `Posição em ${label}`,
  downloadIt: "Baixar",
  connectionLost: "A conexão foi perdida, tentando de novo…",
  stalls: {
    more: "Aguardando mais: a demo ainda não enviou a próxima parte.",
    loading: "A próxima parte está a caminho…",
    late: "A reprodução não começou: o início não chegou, ou este navegador não o abre.",
    stuck: "Está aqui, mas este navegador não continua a reproduzir.",
  },
  noFullScreen: "Este navegador não mostra em tela cheia.",
  momentOf: (position, end) => `${position} de ${end}`,
  unplayable: "Este navegador não conseguiu reproduzir.",
  unplayableType: (mime) => `Este navegador não reproduz ${mime}.`,
  noDevice: "Não há dispositivo para reproduzir som. Conecte um e execute de novo.",
  failed: "Algo deu errado na reprodução.",
  undecodable: "Este navegador não conseguiu decodificar uma parte do fluxo.",
  streamGone: "O servidor não tem mais este fluxo.",
  restGone: "O servidor não tem mais o resto deste fluxo.",
};
