// What people type as the websites of the widget.
/** Splits lines into origins and what is none; doubles go, order stays. */
export function asOrigins(text: string): { right: string[]; wrong: string[] } {
  const right: string[] = [];
  const wrong: string[] = [];
  for (const line of text.split(/[\s,]+/).filter(Boolean)) {
    try {
      const url = new URL(/^https?:\/\//i.test(line) ? line : `https://${line}`);
      if (!/^https?:$/.test(url.protocol) || url.username || !/^([a-z0-9-]+\.)*[a-z0-9-]+$|^\[[0-9a-f:.]+\]$/i.test(url.hostname)) wrong.push(line);
      else if (!right.includes(url.origin)) right.push(url.origin);
    } catch {
      wrong.push(line);
    }
  }
  return { right, wrong };
}
