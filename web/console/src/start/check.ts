// What the doors ask for, checked before it is sent so that the hint stands beside the field.
import * as v from 'valibot';

export const MIN_PASSWORD = 12;

const name = v.pipe(v.string(), v.trim(), v.minLength(1, 'Please give a name.'), v.maxLength(200, 'At most 200 letters, please.'));
const email = v.pipe(v.string(), v.trim(), v.email('This is not an e-mail address.'));
const password = v.pipe(v.string(), v.minLength(MIN_PASSWORD, `At least ${MIN_PASSWORD} letters. Four words you can remember are better than symbols.`));

export const Setup = v.object({ setup_token: v.pipe(v.string(), v.minLength(1)), organisation: name, name, email, password });
export const Accept = v.object({ token: v.pipe(v.string(), v.minLength(1)), name, email, password });
export const SignIn = v.object({ email, password: v.pipe(v.string(), v.minLength(1, 'Please type your password.')) });

/** The first complaint of each field, by field name. */
export function complaints(schema: v.GenericSchema, value: unknown): Record<string, string> {
  const result = v.safeParse(schema, value);
  const found: Record<string, string> = {};
  for (const issue of result.issues ?? []) {
    const key = String(issue.path?.[0]?.key ?? '');
    found[key] ??= issue.message;
  }
  return found;
}

/** The secret behind `#token=`, which never reaches a server log. */
export function tokenFrom(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}
