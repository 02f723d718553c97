// One way to talk to our own server: JSON in, JSON out, and two kinds of failure that mean different things.

/** The server answered and said no. Trying the same again will not help, except after `retryAfter`. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string,
    /** Seconds to wait, when the server named them. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** No usable answer came: no network, or a server in trouble. The same request may succeed later. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor(
    message: string,
    /** The id under which the server logged its fault; empty where none answered. */
    readonly requestId = '',
  ) {
    super(message);
  }
}

export interface TransportOptions {
  /** Where the server lives, with a closing slash, such as `https://chat.example/`. */
  root: string;
  /** Headers for each call, asked for each time because a token may appear or go. */
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
}

export interface CallOptions {
  json?: unknown;
  body?: BodyInit;
  signal?: AbortSignal;
}

/** Reads a refusal from a response that is not a success. */
export async function refusalFrom(response: Response): Promise<Refused | Unreachable> {
  let code = `http_${response.status}`;
  let message = '';
  let requestId = '';
  try {
    const body = (await response.json()) as { error?: { code?: string; message?: string; request_id?: string } };
    code = body.error?.code ?? code;
    message = body.error?.message ?? '';
    requestId = body.error?.request_id ?? '';
  } catch {
    // A proxy's own error page is no JSON; the status alone must do.
  }
  if (response.status >= 500) return new Unreachable(message || code, requestId);
  const after = Number(response.headers.get('retry-after'));
  return new Refused(response.status, code, message, requestId, after > 0 ? after : undefined);
}

export class Transport {
  readonly #root: string;
  readonly #headers: () => Record<string, string>;
  readonly #fetch: typeof fetch;

  constructor(options: TransportOptions) {
    this.#root = options.root;
    this.#headers = options.headers ?? (() => ({}));
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  url(path: string): string {
    return new URL(path.replace(/^\//, ''), this.#root).href;
  }

  headers(): Record<string, string> {
    return this.#headers();
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const headers = this.#headers();
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
    if (options.json !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(options.json);
    } else if (options.body !== undefined) {
      init.body = options.body;
    }
    if (options.signal) init.signal = options.signal;
    let response: Response;
    try {
      response = await this.#fetch(this.url(path), init);
    } catch (cause) {
      if (options.signal?.aborted) throw cause;
      throw new Unreachable('no connection');
    }
    if (!response.ok) throw await refusalFrom(response);
    return response;
  }

  async json<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const options: CallOptions = {};
    if (body !== undefined) options.json = body;
    if (signal) options.signal = signal;
    const response = await this.call(method, path, options);
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new Unreachable('the answer was cut off');
    }
  }

  async blob(path: string): Promise<Blob> {
    const response = await this.call('GET', path);
    try {
      return await response.blob();
    } catch {
      throw new Unreachable('the download was cut off');
    }
  }
}
