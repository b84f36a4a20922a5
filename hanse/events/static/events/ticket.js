// A ticket read without asking anybody: see hanse/events/rules/tickets.py.
const PREFIX = "H1:";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const SIGNS = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const PAYLOAD = 28;
const WHOLE = PAYLOAD + 64;
const CURVE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

function fromBase45(signs) {
  const raw = [];
  for (let at = 0; at < signs.length; at += 3) {
    const group = [...signs.slice(at, at + 3)].map((sign) => ALPHABET.indexOf(sign));
    const number = group.reduceRight((sum, value) => sum * 45 + value, 0);
    const bytes = group.length - 1;
    if (group.includes(-1) || bytes < 1 || number >= 256 ** bytes) return null;
    for (let place = bytes - 1; place >= 0; place -= 1) raw.push(Math.floor(number / 256 ** place) % 256);
  }
  return new Uint8Array(raw);
}

export const isSigned = (code) => code.trim().startsWith(PREFIX);

export function asShortCode(typed) {
  const signs = typed.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return SIGNS.test(signs) ? `${signs.slice(0, 4)}-${signs.slice(4)}` : "";
}

// {serial} of a ticket of this event, or {fault}: misread, other_event, forged, no_crypto.
export async function read(code, list) {
  const raw = fromBase45(code.trim().slice(PREFIX.length));
  if (raw?.length !== WHOLE) return { fault: "misread" };
  if (new DataView(raw.buffer).getUint32(0) !== list.event) return { fault: "other_event" };
  if (!globalThis.crypto?.subtle) return { fault: "no_crypto" };
  const key = await crypto.subtle.importKey("jwk", list.key, CURVE, false, ["verify"]);
  const holds = await crypto.subtle.verify(CURVE, key, raw.slice(PAYLOAD), raw.slice(0, PAYLOAD));
  if (!holds) return { fault: "forged" };
  const hex = [...raw.slice(4, 20)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { serial: hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5") };
}
