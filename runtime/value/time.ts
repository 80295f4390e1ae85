// A time is a string, RFC 3339 with up to nine digits of a second: `2026-01-02T03:04:05.678Z`, `…+02:00`. One that is
// only passed on stays as it came; one that was computed is in UTC, with milliseconds.

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

interface Instant {
  readonly milliseconds: number;
  /** What is left below a millisecond. */
  readonly nanoseconds: number;
}

/** Whether a string is a time that the functions below can read. */
export function isTime(text: string): boolean {
  return parse(text) !== undefined;
}

/** Negative if `a` is earlier than `b`, positive if it is later; exact to the nanosecond. */
export function compareTimes(a: string, b: string): number {
  const [first, second] = [read(a), read(b)];
  return first.milliseconds - second.milliseconds || first.nanoseconds - second.nanoseconds;
}

/** The time that is `milliseconds` later, or earlier if they are negative. */
export function addToTime(time: string, milliseconds: number): string {
  return new Date(read(time).milliseconds + milliseconds).toISOString();
}

/** `a - b`, in whole milliseconds. */
export function subtractTimes(a: string, b: string): number {
  return read(a).milliseconds - read(b).milliseconds;
}

/** The earliest of several times, as it is written. */
export function minTime(...times: readonly [string, ...string[]]): string {
  return times.reduce((a, b) => (compareTimes(b, a) < 0 ? b : a));
}

/** The latest of several times, as it is written. */
export function maxTime(...times: readonly [string, ...string[]]): string {
  return times.reduce((a, b) => (compareTimes(b, a) > 0 ? b : a));
}

function read(text: string): Instant {
  const instant = parse(text);
  if (!instant) throw new RangeError(`${JSON.stringify(text)} is not a time like 2026-01-02T03:04:05.678Z`);
  return instant;
}

function parse(text: string): Instant | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = (match[8] === '-' ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  // A date rolls over what is out of range: 30 February becomes 2 March.
  const inRange = date.toISOString().startsWith(match[0].slice(0, 19).toUpperCase());
  if (!inRange || Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) return undefined;
  const fraction = Number((match[7] ?? '').padEnd(9, '0'));
  return {
    milliseconds: date.getTime() + Math.floor(fraction / 1e6) - offset * 60_000,
    nanoseconds: fraction % 1e6,
  };
}
