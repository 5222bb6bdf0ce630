import type { ApiError } from '../../server/panel/wire.ts';
import { refuse } from './api.ts';

/** Sends a file as it is. `onProgress` is told what part of it the board has, 0 to 1. Throws as `api` does. */
export function upload<T>(path: string, content: Blob, onProgress: (part: number) => void): Promise<T> {
  // fetch cannot tell how far it is
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1${path}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  request.upload.onload = () => onProgress(1);
  return new Promise((resolve, reject) => {
    const end = () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response as T); // the other end is ours: wire.ts
      reject(refuse(request.status, request.response as ApiError | null));
    };
    request.onload = end;
    request.onerror = () => reject(refuse(0, null));
    request.send(content);
  });
}
