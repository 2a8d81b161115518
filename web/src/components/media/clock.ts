/** Times as a player shows them, and as they are read aloud. */
import { words } from "../../words.ts";

export function clock(time_s: number): string {
  const whole = Math.floor(time_s + 0.001);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, "0");
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

export function spoken(time_s: number): string {
  return words.figures.spoken(Math.floor(time_s + 0.001));
}
