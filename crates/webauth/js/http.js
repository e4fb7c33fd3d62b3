// @ts-check
/** Requests by `fetch`. */

/** The headers that the SDK reads: `READ_HEADERS` in src/env.rs. */
const READ_HEADERS = ['content-type', 'retry-after', 'x-ratelimit-reset'];

/**
 * Sends a request and returns its response or failure. Never rejects.
 *
 * @param {{ method: string, url: string, headers: Record<string, string>, body?: unknown, credentials: boolean, timeout: number }} request
 * @param {{ signal?: AbortSignal }} hooks
 */
export async function send({ timeout, credentials, body, url, ...request }, { signal }) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let late = false;
  const timer = timeout > 0 && setTimeout(() => { late = true; abort(); }, timeout);
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted) abort();
    const response = await fetch(url, {
      ...request,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: credentials ? 'include' : 'same-origin',
      signal: controller.signal,
    });
    const text = await response.text();
    const headers = Object.fromEntries(READ_HEADERS.map((name) => [name, response.headers.get(name)]));
    return { status: response.status, statusText: response.statusText, headers, text };
  } catch {
    return { failure: late ? 'timeout' : signal?.aborted ? 'aborted' : 'network' };
  } finally {
    clearTimeout(timer || undefined);
    signal?.removeEventListener('abort', abort);
  }
}
