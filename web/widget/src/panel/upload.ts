// Files: the rule is checked before a byte is sent, the way there is visible, and it can be called off.
import { Refused, Unreachable, type Message, type Transport, type WidgetSetup } from '@confidante/core';

export type FileTrouble = 'fileTooBig' | 'fileWrongType' | 'fileEmpty';

/** The shop's rule, before upload. The server checks the content again. */
export function checkFile(file: { size: number; type: string }, rule: WidgetSetup['files']): FileTrouble | undefined {
  if (file.size === 0) return 'fileEmpty';
  if (file.size > rule.max_bytes) return 'fileTooBig';
  return rule.types.includes(file.type) ? undefined : 'fileWrongType';
}

/** "JPEG, PNG, PDF" from the list of media types. */
export function typeNames(types: readonly string[]): string {
  const known: Record<string, string> = { 'text/plain': 'TXT', 'image/svg+xml': 'SVG' };
  return types.map((type) => known[type] ?? (type.split('/')[1] ?? type).toUpperCase()).join(', ');
}

/** A name that cannot fake its ending by turning the writing direction around. */
export function plainName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

export interface Sending {
  done: Promise<Message>;
  cancel: () => void;
}

/** XMLHttpRequest, because fetch cannot tell how far an upload has come. */
export function sendFile(transport: Transport, file: File, id: string, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Message>((resolve, reject) => {
    request.open('POST', transport.url(`/v1/visitor/files?client_id=${id}`));
    for (const [name, value] of Object.entries(transport.headers())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(new Unreachable('no connection'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onload = () => {
      try {
        const body = JSON.parse(request.responseText) as Message & { error?: { code: string; message: string; request_id: string } };
        if (request.status < 300) resolve(body);
        else if (request.status >= 500) reject(new Unreachable('no usable answer'));
        else reject(new Refused(request.status, body.error?.code ?? '', body.error?.message ?? '', body.error?.request_id ?? ''));
      } catch {
        reject(new Unreachable('no usable answer'));
      }
    };
    const form = new FormData();
    form.append('file', file, plainName(file.name));
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}

/** Hands a file to the browser's own download. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}
