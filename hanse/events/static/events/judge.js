// What the door answers by the list it keeps: as hanse/events/rules/door.py does.
import { asShortCode, isSigned, read } from "./ticket.js";

const ENDED = ["cancelled", "refused"];

export async function whom(code, list) {
  if (isSigned(code)) {
    const { serial, fault } = await read(code, list);
    if (fault) return { said: fault };
    const person = list.people.find((one) => one.serial === serial);
    return person ? { person } : { said: "unknown" };
  }
  const short = asShortCode(code);
  const person = short && list.people.find((one) => one.code === short);
  return person ? { person } : { found: named(code, list) };
}

function named(typed, list) {
  const parts = folded(typed).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  return list.people.filter((one) => parts.every((part) => one.words.includes(part))).slice(0, 12);
}

const folded = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/ß/g, "ss").replace(/ł/g, "l").replace(/ø/g, "o").replace(/æ/g, "ae").replace(/ς/g, "σ");

export function answer(person, session, list) {
  const before = person.in.find((one) => one.session === session && counts(one, list));
  if (ENDED.includes(person.state)) return { said: "cancelled" };
  if (person.state !== "confirmed") return { said: "not_confirmed" };
  if (before) return { said: "again", at: before.at };
  if (session && list.sessions[session] && !person.seats.includes(session)) return { said: "no_seat" };
  return { said: "in" };
}

// A rehearsal counts no longer once the first day has begun at the place.
const counts = (entry, list) =>
  Date.now() < new Date(list.opens_at) || new Date(entry.at) >= new Date(list.opens_at);

export const isIn = (person, list) =>
  person.in.some((one) => one.session === 0 && counts(one, list));

export const isEmpty = (typed) => !/[\p{L}\p{N}]/u.test(typed);
