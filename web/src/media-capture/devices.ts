/** Where a browser has its devices. Rejects with a `SecurityError` on pages that are not secure. */
export function mediaDevices(): Promise<MediaDevices> {
  // Undefined on pages that are not secure, although the types do not say so.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return Promise.reject(new DOMException("not secure", "SecurityError"));
  return Promise.resolve(devices);
}
