// No story, and nothing that tidies up after one, may wait for ever.

/** Refuses when `promise` has not ended after `limitMs`. What was begun goes on behind it: tell nothing else in the same house for long. */
export function within(limitMs, name, promise) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`"${name}" took longer than ${limitMs / 1000} s`), { late: true })), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
