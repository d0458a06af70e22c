// Times as the person reads them: in their zone, in their locale's manner.

const DAYS = {
  num: { year: "numeric", month: "2-digit", day: "2-digit" },
  short: { year: "numeric", month: "short", day: "numeric" },
  medium: { year: "numeric", month: "long", day: "numeric" },
  long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  divider: { weekday: "long", month: "long", day: "numeric" },
};

const format = (when, me, options) => new Intl.DateTimeFormat(me.locale, { timeZone: me.tz, ...options }).format(when);

export const day = (when, me, style) => format(when, me, DAYS[style]);

export const time = (when, me, seconds = false) =>
  format(when, me, { hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }) });

export const moment = (ts) => new Date(Number(ts) * 1000);
