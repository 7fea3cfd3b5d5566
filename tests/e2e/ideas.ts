/* What a city's people might propose: German, some English and Bulgarian. */
export const ideas: [title: string, text: string, lang?: string][] = [
  [
    "Skatepark am Bahnhof",
    "Eine Anlage für alle, auch abends beleuchtet. Mit Bänken für die, die zuschauen.",
  ],
  ["Trinkbrunnen auf dem Markt", "Im Sommer kostenlos Wasser für alle."],
  [
    "Freies WLAN an Haltestellen",
    "Damit niemand ohne Netz dasteht, wenn der Bus nicht kommt.",
  ],
  [
    "Mehr Bänke im Stadtpark",
    "Alle hundert Meter eine, jede zweite mit Lehne.",
  ],
  [
    "Repair-Café in der alten Post",
    "Einmal im Monat gemeinsam Kaputtes reparieren.",
  ],
  [
    "A quiet room for homework",
    "Open after school, with someone who can help.",
    "en",
  ],
  [
    "Nachtbus am Wochenende",
    "Freitags und samstags jede Stunde, bis drei Uhr.",
  ],
  ["Obstbäume, die allen gehören", ""],
  [
    "Сцена на открито до реката",
    "Място за музика, театър и кино през лятото.",
    "bg",
  ],
  [
    "Sichere Radwege zur Schule",
    "Durchgehend, breit genug für zwei, und nicht an der Ampel zu Ende.",
  ],
  ["Ein Proberaum für Bands", "Das leere Ladenlokal neben der Bücherei."],
  ["Bücherei am Sonntag öffnen", ""],
  [
    "Schatten auf dem Spielplatz",
    "Sonnensegel und Bäume, damit man im Juli rutschen kann.",
  ],
  [
    "Community garden at the old mill",
    "Raised beds that wheelchair users can reach.",
    "en",
  ],
  ["Eine Toilette am Rheinufer", "Sauber, offen, ohne Münzen."],
  [
    "Jugendrat mit eigenem Geld",
    "10.000 Euro im Jahr, über die wir selbst entscheiden.",
  ],
  ["Tauschregal für Spiele", ""],
  ["Leihräder mit Kindersitz", "An drei Stellen in der Stadt."],
];
/* A few that come while people look at the desk. */
export const waiting: [title: string, text: string][] = [
  ["Sitzgelegenheiten im Park", "Am liebsten aus Holz."],
  ["Kino im Freibad", "Zum Ende der Saison, mit Decken."],
  ["Längere Ampelphasen am Ring", "Für alle, die nicht rennen können."],
];
