// Days as they are typed into the filter, and the moments they stand for.

/** The first moment of a day (`2026-11-22`), or of the day `after` days later, in milliseconds; nothing for an empty field. */
export function moment(day: string, after: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return undefined;
  return String(new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + after).getTime());
}
