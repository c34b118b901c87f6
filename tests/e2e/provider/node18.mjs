// Debian 12's node is 18: what oidc-provider takes for granted and 18 lacks.

import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;

URL.parse ??= (text, base) => {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
};
