/** Moments as a player shows them and as they are read aloud. */
export function clock(time_s: number): string {
  const whole = Math.floor(time_s + 0.001);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, "0");
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

export function spoken(time_s: number): string {
  const whole = Math.floor(time_s + 0.001);
  const parts = [
    [Math.floor(whole / 3600), "hour"],
    [Math.floor(whole / 60) % 60, "minute"],
    [whole % 60, "second"],
  ] as const;
  const words = parts
    .filter(([amount], index) => amount > 0 || (index === 2 && whole === 0))
    .map(([amount, unit]) => `${amount} ${unit}${amount === 1 ? "" : "s"}`);
  return words.join(" ");
}
