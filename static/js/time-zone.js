// Tells the server the browser's time zone, so that times are shown in it before a person chose one.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const told = document.cookie.split("; ").find((pair) => pair.startsWith("time_zone="));
if (/^[A-Za-z0-9_+\-/]+$/.test(zone) && told !== `time_zone=${zone}`) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `time_zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}
