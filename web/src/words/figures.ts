/** Numbers, times and sizes as a language writes them, by `Intl`; and words that go with a number. */

/** What stands behind a number, with the space before it where the language has one. */
export interface Units {
  readonly second: string;
  readonly minute: string;
  readonly millisecond: string;
  readonly percent: string;
}

export interface Figures {
  /** The language of numbers, dates and times of day, as `Intl` names it. */
  readonly locale: string;
  /** 2.5 s, 75 s, 1 min 35 s. */
  readonly seconds: (duration_s: number) => string;
  /** 2 s where `seconds` says 2.0 s. */
  readonly roundSeconds: (duration_s: number) => string;
  readonly milliseconds: (duration_ms: number) => string;
  /** The length of a clip: 2.55 s, 12.3 s, 1 min, 3 min 12 s. */
  readonly length: (length_s: number) => string;
  /** 1 hour 2 minutes, as it is read aloud. */
  readonly spoken: (time_s: number) => string;
  /** 1.5M, 20B. */
  readonly compact: (value: number) => string;
  readonly percent: (fraction: number) => string;
  /** A share of one in percent with so many decimal places: 12.3 %. */
  readonly share: (fraction: number, places: number) => string;
  /** 12 kB, 3.4 MB. */
  readonly bytes: (amount: number) => string;
}

type Write = (value: number, least: number, most: number, options?: Intl.NumberFormatOptions) => string;

export function figuresIn(locale: string, units: Units): Figures {
  const write: Write = (value, least, most, options = {}) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      ...options,
    }).format(value);
  // Of the language at large: en-GB writes 1.5m, which is read as metres.
  const short = new Intl.NumberFormat(new Intl.Locale(locale).language, {
    notation: "compact",
    maximumSignificantDigits: 4,
  });
  return {
    locale,
    ...durationsIn(write, units),
    compact: (value) => short.format(value),
    percent: (fraction) => `${write(fraction * 100, 0, 0)}${units.percent}`,
    share: (fraction, places) => `${write(fraction * 100, places, places)}${units.percent}`,
    bytes(amount) {
      if (amount < 1000) return write(amount, 0, 0, { style: "unit", unit: "byte", unitDisplay: "long" });
      const [unit, size] =
        amount < 999_500 ? (["kilobyte", 1000] as const) : (["megabyte", 1_000_000] as const);
      return write(amount / size, 0, amount / size < 10 ? 1 : 0, { style: "unit", unit });
    },
  };
}

type Durations = Pick<Figures, "seconds" | "roundSeconds" | "milliseconds" | "length" | "spoken">;

function durationsIn(write: Write, units: Units): Durations {
  const inMinutes = (whole: number, least: number): string => {
    const rest = write(whole % 60, 0, 0, { minimumIntegerDigits: least });
    return `${write(Math.floor(whole / 60), 0, 0)}${units.minute} ${rest}${units.second}`;
  };
  const upToMinutes = (duration_s: number, least: number): string => {
    if (duration_s < 10) return `${write(duration_s, least, 1)}${units.second}`;
    const whole = Math.round(duration_s);
    return duration_s < 90 ? `${write(whole, 0, 0)}${units.second}` : inMinutes(whole, 2);
  };
  return {
    seconds: (duration_s) => upToMinutes(duration_s, 1),
    roundSeconds: (duration_s) => upToMinutes(duration_s, 0),
    milliseconds: (duration_ms) => `${write(duration_ms, 0, 0)}${units.millisecond}`,
    length(length_s) {
      if (length_s < 60) return `${write(length_s, 0, length_s < 10 ? 2 : 1)}${units.second}`;
      const whole = Math.round(length_s);
      return whole % 60 === 0 ? `${write(whole / 60, 0, 0)}${units.minute}` : inMinutes(whole, 1);
    },
    spoken(time_s) {
      const parts = [
        [Math.floor(time_s / 3600), "hour"],
        [Math.floor(time_s / 60) % 60, "minute"],
        [time_s % 60, "second"],
      ] as const;
      return parts
        .filter(([amount], index) => amount > 0 || (index === 2 && time_s === 0))
        .map(([amount, unit]) => write(amount, 0, 0, { style: "unit", unit, unitDisplay: "long" }))
        .join(" ");
    },
  };
}

/** The forms of a phrase by plural category; `#` stands for the number. */
export type Forms<Category extends Intl.LDMLPluralRule> = Readonly<Record<Category, string>>;

/** What writes a phrase with its number, in a language that has these plural categories. */
export function countingIn<Category extends Intl.LDMLPluralRule>(
  locale: string,
): (amount: number, forms: Forms<Category>) => string {
  return (amount, forms) => {
    // A language's file names its categories; a test calls each phrase with a number of each of `Intl`'s.
    const category = new Intl.PluralRules(locale).select(amount) as Category;
    return forms[category].replace("#", new Intl.NumberFormat(locale).format(amount));
  };
}
