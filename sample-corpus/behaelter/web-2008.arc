filedesc://web-2008.arc 0.0.0.0 20080504120000 text/plain 70
1 0 Die Warte
URL IP-address Archive-date Content-type Archive-length

http://www.warte.example/stadtbad 192.0.2.1 20080504120001 text/html 779
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Stadtbad bekommt sein Sprungbrett zurück</title><meta property="og:title" content="Stadtbad bekommt sein Sprungbrett zurück"><meta property="article:published_time" content="2008-05-03T09:00:00+02:00"></head><body><article><h1>Stadtbad bekommt sein Sprungbrett zurück</h1><p>Das Dreimeterbrett im Stadtbad von Mehlau ist wieder frei. Zwei Jahre lang hatte ein Bauzaun vor der Leiter gestanden, weil der Beton unter der Halterung bröckelte.</p><p>Der Förderverein hat achtzehntausend Euro gesammelt, die Hälfte davon mit einem Kuchenverkauf am Beckenrand. Gesprungen ist als Erste die Bürgermeisterin, und zwar vom Rand.</p></article></body></html>
