#include "app/demo_ideas.h"

const struct demo_idea demo_ideas[DEMO_IDEAS] = {
    {"de", THEME_GREEN, 5, "Schatten für den Bahnhofsvorplatz",
     "Im Juli wartet dort niemand freiwillig. Zwölf große Bäume und eine Pergola mit "
     "Weinreben, darunter Bänke mit Lehne. Die Bäume dürfen ruhig schon etwas größer "
     "sein, "
     "sonst haben erst unsere Enkel etwas davon."},
    {"de", THEME_CARE, 5, "Trinkbrunnen auf dem Marktplatz",
     "Einfach Wasser, umsonst, für alle. Mit einer niedrigen Schale für Kinder und Hunde "
     "und "
     "einem Hahn, unter den eine Flasche passt."},
    {"de", THEME_PLAY, 4, "Skatepark unter der Hochbrücke",
     "Trocken, laut ist es da sowieso, und der Beton liegt schon. Wir sind ungefähr "
     "dreißig, "
     "wir helfen beim Bauen mit. Bitte mit Licht bis 22 Uhr."},
    {"de", THEME_CULTURE, 3, "Bücherei bis Mitternacht, einmal im Monat",
     "Mit Vorlesen im Dunkeln, Tee und offenem Dachboden. Die Bücherei in unserer "
     "Partnerstadt macht das seit Jahren und ist jedes Mal voll."},
    {"de", THEME_MOVE, 4, "Radweg an der Ringstraße, der nicht einfach aufhört",
     "Vor der Apotheke endet der Weg an einem Schild. Danach steht man zwischen Bus und "
     "Lieferwagen. Es fehlen genau 340 Meter, ich habe nachgemessen."},
    {"de", THEME_CARE, 3, "Schwätzbänke",
     "Eine Bank mit dem Schild: „Wer hier sitzt, freut sich über ein Gespräch.“ Eine am "
     "Friedhof, eine vor dem Supermarkt, eine im Park. Kostet fast nichts."},
    {"en", THEME_EVERYDAY, 2, "A welcome desk that speaks more than German",
     "When I arrived I needed four visits to register because I did not know which paper "
     "was "
     "missing. One afternoon a week with volunteers who have done it themselves would "
     "have "
     "saved me a month."},
    {"de", THEME_GREEN, 3, "Essbare Stadt: Kräuter statt Koniferen",
     "Rund ums Rathaus stehen Büsche, die keiner anschaut. Stattdessen Johannisbeeren, "
     "Salbei, Äpfel. Wer vorbeikommt, darf pflücken; die Grundschule gießt."},
    {"de", THEME_PLAY, 3, "Ein Spielplatz, auf dem auch Rollstühle fahren",
     "Meine Tochter schaut seit drei Jahren zu. Ein Karussell auf Bodenhöhe, eine "
     "Schaukel "
     "mit Rückenlehne und ein Weg ohne Sand genügen."},
    {"bg", THEME_CULTURE, 2, "Вечер на българската музика и кухня",
     "Веднъж годишно на площада: хоро, баница и мартеници за всички деца. Ние ще свирим "
     "и "
     "готвим, нужни са само сцена и ток."},
    {"de", THEME_MOVE, 3, "Nachtbus am Wochenende ins Umland",
     "Der letzte Zug fährt um 22.47 Uhr, da hat das Konzert noch nicht angefangen. Zwei "
     "Fahrten, eine um eins, eine um drei. Ein Rufbus reicht."},
    {"de", THEME_EVERYDAY, 4, "Öffentliche Toiletten, die diesen Namen verdienen",
     "Sauber, kostenlos, barrierefrei, und auf dem Stadtplan eingezeichnet. Ältere Leute "
     "planen ihren Einkauf danach, das ist keine Kleinigkeit."},
    {"de", THEME_CULTURE, 3, "Leerstand für alle: ein Laden, jeden Monat neu",
     "Das alte Schuhgeschäft in der Fußgängerzone steht seit 2019 leer. Jeden Monat darf "
     "jemand anderes hinein: eine Ausstellung, ein Reparaturcafé, eine Band, ein "
     "Schülercafé. Bewerben kann man sich mit einer Postkarte."},
    {"de", THEME_PLAY, 2, "Freibad: Frühschwimmen ab sechs",
     "Für alle, die vor der Schicht schwimmen wollen. Zwei Tage in der Woche würden uns "
     "schon glücklich machen."},
    {"de", THEME_CARE, 4, "Wasserspender in der Innenstadt",
     "Ich schlage vor, auf dem Markt einen Trinkwasserbrunnen aufzustellen, an dem man "
     "seine Flasche füllen kann."},
    {"de", THEME_GREEN, 4, "Den Mühlbach wieder ans Licht holen",
     "Er fließt noch immer unter der Mühlgasse, man hört ihn am Gully. Auf zweihundert "
     "Metern aufdecken, mit Stufen bis ans Wasser. Das kühlt die Gasse, und die Kinder "
     "hätten endlich einen Ort für ihre Schiffchen."},
    {"de", THEME_EVERYDAY, 3, "Reparaturcafé in der alten Feuerwache",
     "Toaster, Fahrräder, Hosen. Samstags von zehn bis vier. Wir sind schon sieben Leute "
     "mit Lötkolben und eine mit Nähmaschine."},
    {"en", THEME_MOVE, 3, "Covered bicycle parking at the station",
     "My saddle has not been dry since October. Two hundred places, a roof, a pump, and "
     "one "
     "corner wide enough for cargo bikes."},
    {"de", THEME_PLAY, 3, "Tischtennisplatten im Stadtpark, aber aus Beton",
     "Die wackligen aus Blech sind nach einem Winter hin. Vier Stück, im Halbschatten, "
     "mit "
     "einer Bank dazwischen für die, die gewinnen."},
    {"de", THEME_CARE, 3, "Ein Mittagstisch, an dem niemand allein isst",
     "Jeden Mittwoch im Gemeindesaal: lange Tafel, ein Gericht, jeder zahlt, was er "
     "kann. "
     "Schulklassen und das Seniorenheim kochen abwechselnd."},
    {"bg", THEME_CARE, 3, "Помощ с документите на роден език",
     "Много хора не разбират писмата от службите. Два часа седмично в библиотеката с "
     "доброволци, които превеждат и обясняват спокойно."},
    {"de", THEME_CULTURE, 4, "Sommerkino an der Stadtmauer",
     "Leinwand, Liegestühle, Popcorn. Zehn Abende, jedes Stadtviertel sucht einen Film "
     "aus. Bei Regen im Zirkuszelt daneben."},
    {"de", THEME_GREEN, 2, "Blühstreifen statt Rasen am Kreisverkehr",
     "Weniger mähen, mehr Hummeln. Und für den Winter ein paar Gräser stehen lassen, das "
     "sieht mit Raureif wunderschön aus."},
    {"de", THEME_MOVE, 3, "Grünphasen, die für meine Oma reichen",
     "An der Kreuzung Lindenstraße kommt sie genau bis zur Mitte. Sechs Sekunden mehr, "
     "und "
     "ein Knopf, den man auch mit Rollator erreicht."},
    {"de", THEME_EVERYDAY, 2, "Eine Leihbibliothek für Dinge",
     "Bohrmaschine, Raclette, Zelt, Beamer: Das braucht jeder zweimal im Jahr. Ausleihen "
     "mit der Büchereikarte."},
    {"de", THEME_PLAY, 4, "Jugendraum mit eigenem Schlüssel",
     "Nicht betreut, nicht gestaltet, nicht pädagogisch. Ein Raum, ein Sofa, eine Küche, "
     "ein "
     "Putzplan. Wir wählen selbst drei Leute, die den Schlüssel haben und dafür haften."},
    {"en", THEME_CULTURE, 3, "An open stage on the first Friday",
     "Ten minutes each, any language, any art. Someone brings a microphone, the city "
     "brings "
     "electricity. I will read the first poem."},
    {"de", THEME_GREEN, 3, "Dächer der Schulen begrünen und öffnen",
     "Oben ein Beet, unten ein kühleres Klassenzimmer. Nachmittags darf die "
     "Nachbarschaft "
     "hinauf; von dort sieht man bis zum Fluss."},
    {"de", THEME_CARE, 2, "Notfalldosen und ein Kurs Erste Hilfe für alle ab acht",
     "Kinder können das. In meiner Klasse haben wir es geübt, und im Herbst hat eine von "
     "uns ihrem Opa geholfen."},
    {"de", THEME_MOVE, 2, "Fähre über den Fluss, wie früher",
     "Ein kleines Boot mit Solarstrom zwischen der Kleingartenanlage und dem Hafen. Vier "
     "Minuten statt fünfundzwanzig über die Brücke."},
    {"bg", THEME_PLAY, 2, "Осветление на игрището зад училището",
     "През зимата се стъмва в пет и децата нямат къде да играят. Четири лампи с таймер "
     "до "
     "осем часа вечерта."},
    {"de", THEME_EVERYDAY, 3, "WLAN und Strom im Wartebereich vom Bürgeramt",
     "Wenn wir schon warten. Dazu ein Tisch zum Ausfüllen, ein Kopierer und eine "
     "Spielecke, "
     "die nicht nur aus einem Holzklotz besteht."},
    {"de", THEME_CULTURE, 2, "Stolpersteine, die man auch hören kann",
     "Neben jedem Stein ein kleines Schild. Wer es scannt, hört die Geschichte der "
     "Menschen, erzählt von Schülerinnen und Schülern unserer Stadt."},
    {"de", THEME_GREEN, 3, "Hundert Nistkästen, gebaut im Werkunterricht",
     "Für Mauersegler, Meisen und Fledermäuse. Mit Nummern, und einmal im Jahr zählen "
     "wir "
     "gemeinsam, wer eingezogen ist."},
    {"en", THEME_EVERYDAY, 2, "Quiet hour in the supermarkets",
     "Tuesday from two to four: dim lights, no music, no announcements. My brother could "
     "shop by himself then."},
    {"de", THEME_CARE, 3, "Hitzetelefon für Menschen, die allein wohnen",
     "An Tagen über dreißig Grad ruft jemand an und fragt: Haben Sie getrunken? Frauen "
     "und Männer zum Anrufen finden wir im Seniorenbeirat genug."},
    {"bg", THEME_GREEN, 2, "Общи градини между блоковете",
     "Вместо празна трева: малки лехи с домати и чушки. Който няма градина, да има поне "
     "един квадратен метър."},
    {"de", THEME_CULTURE, 2, "Ein Klavier unter dem Rathausbogen",
     "Mit einer Plane gegen den Regen und einem Zettel: Bitte nur bis neun. Wer spielt, "
     "macht den Platz schöner, auch wenn es der Flohwalzer ist."},
    {"en", THEME_PLAY, 1, "Chess tables by the river",
     "Stone boards, four of them. Bring your own pieces, or borrow them at the kiosk. I "
     "will "
     "teach anyone who loses to me twice."},
    {"bg", THEME_MOVE, 2, "По-ниски бордюри за детски колички",
     "На улица „Гартенщрасе“ няма нито едно място, където количката да мине без да я "
     "вдигаш. Поправете поне пет пресечки."},
};
