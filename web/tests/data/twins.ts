/* 500 ideas for a town, of which 60 are near-twins of another one: reworded, mistyped, in the
 * plural, with compounds taken apart, in another order. The others are distinct things; some forty
 * of them are wished for at a second place too, and are not twins. Written for this measurement. */

export interface Sample {
    id: string;
    title: string;
    text: string;
    /** The id of the one that it is a twin of. */
    twin?: string;
    /** The id of the one that wants the same thing at another place. */
    elsewhere?: string;
}

type Pair = readonly [title: string, text: string, other: string, otherText: string];

/** The first is an idea, the second its twin as somebody else would write it. */
const pairs: readonly Pair[] = [
    // other endings, plural and singular
    [
        'Nachtbus am Wochenende',
        'Freitags und samstags bis drei Uhr.',
        'Nachtbusse an Wochenenden',
        'Auch nach Mitternacht nach Hause kommen.',
    ],
    [
        'Trinkbrunnen auf dem Markt',
        'Im Sommer kostenlos Wasser.',
        'Ein Trinkbrunnen am Marktplatz',
        '',
    ],
    [
        'Mehr Mülleimer im Stadtpark',
        'Alle fünfzig Meter einer.',
        'Mehr Abfalleimer und Mülleimer für den Stadtpark',
        'Es liegt zu viel herum.',
    ],
    [
        'Schattige Spielplätze',
        'Sonnensegel über dem Sandkasten.',
        'Schatten auf dem Spielplatz',
        'Sonnensegel und Bäume.',
    ],
    [
        'Ein Bücherschrank am Bahnhof',
        'Zum Tauschen.',
        'Bücherschränke an den Bahnhöfen',
        'Bücher tauschen, kostenlos.',
    ],
    [
        'Öffentliche Toiletten am Flussufer',
        'Sauber und offen.',
        'Öffentliche Toilette am Ufer',
        '',
    ],
    [
        'Längere Öffnungszeiten der Bücherei',
        'Auch am Abend.',
        'Bücherei länger öffnen',
        'Bis 20 Uhr.',
    ],
    ['Sichere Schulwege', 'Mit Lotsen.', 'Den Schulweg sicherer machen', ''],
    [
        'Bänke entlang der Promenade',
        'Mit Lehne.',
        'Sitzbänke an der Promenade',
        'Zum Ausruhen.',
    ],
    [
        'Kostenlose Schwimmkurse',
        'Für alle Kinder.',
        'Kostenloser Schwimmkurs für jedes Kind',
        '',
    ],
    // compounds taken apart or put together
    ['Fahrradständer vor dem Rathaus', 'Überdacht.', 'Ständer für Fahrräder am Rathaus', ''],
    ['Jugendzentrum mit Werkstatt', '', 'Zentrum für die Jugend, mit einer Werkstatt', ''],
    [
        'Kleidertauschbörse',
        'Einmal im Monat.',
        'Börse zum Tauschen von Kleidern',
        'Jeden Monat.',
    ],
    [
        'Dachbegrünung für Bushaltestellen',
        '',
        'Begrünte Dächer auf Bushaltestellen',
        'Für Bienen.',
    ],
    [
        'Straßenmusikfestival',
        'Jeden Juni.',
        'Festival der Straßenmusik',
        'Im Juni, in der ganzen Stadt.',
    ],
    ['Seniorentanznachmittag', '', 'Tanznachmittag für Senioren', 'Mit Kaffee.'],
    ['Hundewiese mit Zaun', 'Wo Hunde frei laufen.', 'Eingezäunte Wiese für Hunde', ''],
    ['Solardächer auf allen Schulen', '', 'Solaranlagen auf Schuldächern', 'Strom vom Dach.'],
    [
        'Gemeinschaftsgarten hinter der Mühle',
        'Hochbeete für alle.',
        'Ein gemeinschaftlicher Garten an der Mühle',
        'Mit Hochbeeten.',
    ],
    ['Lastenradverleih', 'An drei Stellen.', 'Verleih von Lastenrädern', ''],
    [
        'Freilichtkino im Schlosshof',
        'Im August.',
        'Kino unter freiem Himmel im Hof des Schlosses',
        '',
    ],
    ['Obstbaumpatenschaften', '', 'Patenschaften für Obstbäume', 'Wer gießt, darf ernten.'],
    [
        'Blühstreifen am Straßenrand',
        'Für Insekten.',
        'Blühende Streifen an den Rändern der Straßen',
        'Gegen das Insektensterben.',
    ],
    ['Nachbarschaftsfest', '', 'Fest der Nachbarschaften', 'Jedes Viertel für sich.'],
    ['Sprachcafé', 'Deutsch üben bei Kaffee.', 'Café der Sprachen', 'Zum Deutsch üben.'],
    // slips of the finger
    ['Kletterwand an der Sporthalle', '', 'Kleterwand an der Sporthale', ''],
    ['Beleuchtung im Tunnel verbessern', 'Man hat Angst.', 'Beleuchtng im Tunel verbesern', ''],
    [
        'Skatepark am Bahnhof',
        'Mit Bänken zum Zuschauen.',
        'Skatpark beim Banhof',
        'fürs skaten',
    ],
    ['Zebrastreifen an der Lindenallee', '', 'Zebrasteifen Lindenalle', ''],
    [
        'Barrierefreier Zugang zum Museum',
        'Eine Rampe.',
        'Barierefreier zugang zum museum',
        'mit rampe',
    ],
    ['Grillplätze am Baggersee', '', 'Gril plätze am Bagersee', 'mit Mülltonnen'],
    ['Tischtennisplatten aus Beton', '', 'Tisch-Tennis Platten (Beton)', ''],
    ['WLAN in der Straßenbahn', '', 'W-LAN in Strassenbahnen', 'Kostenlos für alle.'],
    [
        'Repair-Café in der alten Post',
        'Einmal im Monat.',
        'Reparaturcafe in der Alten Post',
        '',
    ],
    ['Graffitiwand für Sprayer', 'Legal.', 'Grafiti-Wand wo man sprayen darf', ''],
    // another order
    ['Tempo 30 in der ganzen Innenstadt', '', 'Innenstadt: überall Tempo 30', ''],
    [
        'Mehr Grün auf dem Domplatz',
        'Bäume statt Beton.',
        'Den Domplatz grüner machen: mehr Bäume',
        '',
    ],
    [
        'Pflegeheim und Kita zusammen besuchen',
        'Jung liest Alt vor.',
        'Kita-Kinder besuchen das Pflegeheim',
        'Zum Vorlesen.',
    ],
    [
        'Wochenmarkt auch am Abend',
        'Für Berufstätige.',
        'Abends Wochenmarkt',
        'Für alle, die arbeiten.',
    ],
    ['Busfahren kostenlos für Schüler', '', 'Schüler sollen kostenlos Bus fahren', ''],
    ['Ampelphasen für Fußgänger verlängern', '', 'Für Fußgänger längere Ampelphasen', ''],
    [
        'Plastikfreie Stadtfeste',
        'Nur Mehrweg.',
        'Stadtfest ohne Plastik',
        'Mehrwegbecher mit Pfand.',
    ],
    ['Proberaum für Bands', 'Das leere Ladenlokal.', 'Bands brauchen einen Proberaum', ''],
    ['Wasserspielplatz im Volkspark', '', 'Im Volkspark ein Spielplatz mit Wasser', ''],
    [
        'Autofreier Sonntag',
        'Einmal im Monat.',
        'Sonntags autofrei',
        'Ein Sonntag im Monat ohne Autos.',
    ],
    // reworded, with words in common
    [
        'Ein Jugendrat mit eigenem Geld',
        '10.000 Euro im Jahr.',
        'Eigenes Budget für den Jugendrat',
        'Über das wir selbst entscheiden.',
    ],
    ['Ehrenamtskarte mit Rabatten', '', 'Rabattkarte fürs Ehrenamt', ''],
    [
        'Leerstehende Läden für Künstler öffnen',
        '',
        'Künstler in leere Läden lassen',
        'Statt Leerstand.',
    ],
    [
        'Mitfahrbank Richtung Oberdorf',
        '',
        'Eine Mitfahrerbank nach Oberdorf',
        'Wer sitzt, will mit.',
    ],
    [
        'Defibrillatoren an Sportplätzen',
        '',
        'An jedem Sportplatz ein Defibrillator',
        'Rettet Leben.',
    ],
    ['Tauschregal für Spielzeug', '', 'Spielzeug tauschen in einem Regal', ''],
    [
        'Digitale Sprechstunde für Ältere',
        'Hilfe am Handy.',
        'Handy-Sprechstunde für ältere Menschen',
        'Hilfe mit dem Digitalen.',
    ],
    [
        'Radweg nach Niederau ausbauen',
        'Durchgehend.',
        'Ausbau des Radweges Richtung Niederau',
        '',
    ],
    [
        'Fassaden begrünen',
        'Efeu an die Häuser.',
        'Begrünung von Fassaden fördern',
        'Grüne Wände kühlen.',
    ],
    ['Zeltplatz für Pfadfinder', '', 'Pfadfinder suchen einen Platz zum Zelten', ''],
    // hard: little or nothing in common
    ['Sitzgelegenheiten am Brunnen', '', 'Bänke rund um den Brunnen', 'Zum Hinsetzen.'],
    ['Laubbläser verbieten', 'Zu laut.', 'Kein Lärm mehr durch Laubblasgeräte', ''],
    ['Hitzeschutz für Obdachlose', '', 'Wohnungslose im Sommer vor Hitze schützen', ''],
    ['Velodepot', 'Wo Räder sicher stehen.', 'Fahrradparkhaus', 'Räder sicher abstellen.'],
    ['Elterntaxis stoppen', '', 'Keine Autos von Eltern direkt vor der Schule', ''],
];

/** Things that a town may have. */
const things =
    'Wetterstation|Imkerei|Boulebahn|Schachtische|Kneippbecken|Rodelhügel|Bolzplatz|Calisthenics-Anlage|Barfußpfad|Insektenhotel|' +
    'Sternwarte|Planetenweg|Töpferei|Fahrradwaschanlage|Luftpumpe|Ladesäule|Carsharing|Paketstation|Sonnenuhr|Glockenspiel|' +
    'Litfaßsäule|Fotoautomat|Kunstautomat|Freiluftklavier|Lesebühne|Puppentheater|Zirkuszelt|Tanzboden|Chorprobe|Orgelkonzert|' +
    'Streuobst|Kräuterspirale|Kompostplatz|Regentonne|Zisterne|Storchennest|Fledermauskasten|Igelburg|Krötentunnel|Fischtreppe|' +
    'Bootsverleih|Angelsteg|Badestelle|Eisbahn|Minigolf|Kegelbahn|Billard|Dartturnier|Schachclub|Bogenschießen|' +
    'Mehrgenerationenhaus|Hospiz|Hebammenpraxis|Zahnarzt|Apothekendienst|Blutspende|Erste-Hilfe-Kurs|Yogastunde|Lauftreff|Rollatortraining|' +
    'Nähstube|Holzwerkstatt|3D-Drucker|Roboterclub|Programmierkurs|Funkamateure|Modelleisenbahn|Drachenfest|Seifenkistenrennen|Flohmarkt|' +
    'Bauernladen|Unverpackt-Regal|Foodsharing|Kochabend|Suppenküche|Backofen|Weinfest|Biergarten|Teehaus|Eisdiele|' +
    'Stolpersteine|Stadtarchiv|Heimatmuseum|Zeitzeugen|Denkmalpflege|Archäologie|Turmbesteigung|Stadtmauer|Laternenweg|Nachtwächter|' +
    'Mietspiegel|Wohnheim|Tiny-Häuser|Bauspielplatz|Kletterbaum|Seilbahn|Trampolin|Karussell|Riesenrad|Rutsche|' +
    'Poller|Kreisverkehr|Unterführung|Aufzug|Rolltreppe|Blindenleitsystem|Bordsteine|Parkhaus|Anwohnerparken|Motorradlärm|' +
    'Flüsterasphalt|Streugut|Winterdienst|Laubsammlung|Sperrmüll|Altglas|Biotonne|Hundekot|Taubenhaus|Rattenplage|' +
    'Starkregen|Hochwasser|Deich|Pumpwerk|Feuerwehr|Sirene|Notstrom|Katastrophenübung|Zivilschutz|Polizeiposten|' +
    'Volkshochschule|Musikschule|Abendgymnasium|Hausaufgabenhilfe|Lesepaten|Bewerbungstraining|Berufsmesse|Praktikum|Nachhilfe|Ferienlager|' +
    'Krabbelgruppe|Tagesmutter|Vaterkurs|Stillzimmer|Wickeltisch|Babysitter|Waldkindergarten|Hort|Mensa|Schulobst|' +
    'Ratssitzung|Livestream|Bürgerhaushalt|Ombudsstelle|Beschwerdeapp|Dolmetscher|Einbürgerungsfeier|Städtepartnerschaft|Ehrenbürgerin|Vereinsbörse|' +
    'Windrad|Fernwärme|Wärmepumpe|Balkonkraftwerk|Straßenlaterne|Lichtverschmutzung|Energieberatung|Stromspeicher|Wasserstoff|Biogas|' +
    'Taxistand|Rufbus|Fähre|Wassertaxi|Draisine|Pendlerparkplatz|Bahnsteigdach|Fahrplanaushang|Haltewunsch|Gepäckfächer|' +
    'Friedwald|Trauercafé|Ruhebereich|Raucherzone|Konfettiverbot|Feuerwerk|Weihnachtsbaum|Adventskranz|Osterfeuer|Maibaum|' +
    'Malwand|Schülerzeitung|Podcast|Kinderuni|Experimentierkasten|Quizabend|Escape-Room|Geocaching|Schnitzeljagd|Ra' +
    'llye|Zebrafinken|Streichelzoo|Ponyreiten|Hühnerpatenschaft|Schafe|Wildkamera|Vogelstimmen|Pilzberatung|Waldbad' +
    'en|Moor|Steingarten|Rasenroboter|Hecken|Efeu|Rosenbeet|Tulpen|Krokusse|Lavendel|Weidentunnel|Labyrinth|Brunnen' +
    'kur|Thermalbad|Sauna|Massage|Barbier|Friseursalon|Schuster|Schlüsseldienst|Uhrmacher|Goldschmied|Druckerei|Buc' +
    'hbinderei|Comicladen|Plattenladen|Gitarrenkurs|Trommelgruppe|Blaskapelle|Karaoke|Disco|Silentdisco|Breakdance|' +
    'Ballett|Salsa|Judo|Fechten|Rudern|Segelschule|Kanutour|Tauchen|Wasserball|Handball|Rollschuhe|Einradkurs|Parko' +
    'ur|Slackline|Frisbee|Federball|Cricket|Baseball|Rugby|Zahlenschloss|Fundbüro|Postfiliale|Geldautomat|Kiosk|Bäc' +
    'kerei|Metzgerei|Gemüsestand|Fischhändler|Käsewagen|Gulaschkanone|Pizzaofen|Falafel|Crêpes|Kuchenbasar|Frühstüc' +
    'kstafel|Picknickdecken|Kochduell|Marmelade|Honigschleuder|Mahnwache|Friedensgebet|Moscheeführung|Synagoge|Klos' +
    'terladen|Pilgerherberge|Glockenturm|Krippenspiel|Gospel|Kirchenasyl|Impfbus|Zeckenberatung|Allergieambulanz|Lo' +
    'gopädie|Sehtest|Hörgeräte|Prothesen|Ergotherapie|Suchtberatung|Schuldnerhilfe|Telefonzelle|Funkloch|Glasfaser|' +
    'Rechenzentrum|Drohnen|Virtualität|Esport|Retrokonsolen|Datenschutz|Passwortkurs|Rentenberatung|Steuerhilfe|Tes' +
    'tament|Patientenverfügung|Mediation|Schöffenamt|Feuerlöscher|Rauchmelder|Alarmanlage|Einbruchschutz|Kran|Baulü' +
    'cke|Dachgeschoss|Tapeten|Fliesen|Holzbau|Lehmputz|Gerüst|Bauschutt|Abrissbirne|Zeppelin|Segelflug|Modellflug|H' +
    'eißluftballon|Kartrennen|Oldtimer|Traktoren|Kutsche|Tretboot|Dampflok';

const places = [
    'am Kanal',
    'im Nordviertel',
    'an der Kapelle',
    'beim Gymnasium',
    'in Weiherstadt',
    'an der Kaserne',
    'am Güterplatz',
    'im Rosengrund',
    'neben der Feuerwache',
    'auf der Insel',
];
const wishes = [
    (thing: string, place: string) => `${thing} ${place}`,
    (thing: string, place: string) => `Wir wünschen uns ${place}: ${thing}`,
    (thing: string, place: string) => `${thing}, bitte ${place}`,
    (thing: string, place: string) => `Endlich ${thing} ${place}!`,
];
const reasons = [
    '',
    'Das fehlt seit Jahren.',
    'Damit alle etwas davon haben.',
    'Kostet wenig und hilft vielen.',
    'Vor allem für Familien.',
    'Andere Städte haben das längst.',
    '',
];

const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

/** Each thing once, then as many again, elsewhere, as make 380. */
function others(): Sample[] {
    const all = things.split('|');
    const second = (i: number): number => (i < all.length ? 0 : 1);
    return Array.from({ length: 380 }, (_, i) => ({
        id: `o${i}`,
        title: at(wishes, i + second(i))(at(all, i), at(places, 3 * i + 4 * second(i))),
        text: at(reasons, 5 * i),
        ...(second(i) ? { elsewhere: `o${i - all.length}` } : {}),
    }));
}

export const samples: readonly Sample[] = [
    ...pairs.map(([title, text], i) => ({ id: `a${i}`, title, text })),
    ...pairs.map(([, , title, text], i) => ({ id: `b${i}`, title, text, twin: `a${i}` })),
    ...others(),
];
