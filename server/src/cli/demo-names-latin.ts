import type { Culture } from './demo-names.ts'

export const latinCultures: readonly Culture[] = [
  {
    language: 'en',
    share: 20,
    houses: [
      {
        given: `Emma Olivia Charlotte Amelia Grace Alice Emily Sophie Hannah Lucy Chloe Ruby Megan Abigail Zoe Florence Harriet Beatrice
          Eleanor Imogen Heather Joan Margaret Dorothy James William Oliver Jack Harry George Noah Leo Arthur Henry Thomas Edward Samuel
          Daniel Joseph Liam Ethan Lucas Owen Ryan Nathan Adam Alan Patrick Callum Mary_Ann`,
        family: `Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall
          Wood Jackson Clarke Harrison O'Connor O'Brien Murphy Campbell Stewart MacDonald Fraser Bennett Cooper Ward Turner Hughes Edwards
          Bailey Parker Morgan Kelly Shaw Price Webb Ellis Barnes Fletcher Saunders Holmes Palmer Lloyd Spencer Smith-Jones`,
      },
    ],
    places: [
      ['London', 'Europe/London'],
      ['Manchester', 'Europe/London'],
      ['Dublin', 'Europe/Dublin'],
      ['New York, NY', 'America/New_York'],
      ['Chicago, IL', 'America/Chicago'],
      ['San Francisco, CA', 'America/Los_Angeles'],
      ['Toronto', 'America/Toronto'],
      ['Sydney', 'Australia/Sydney'],
    ],
    bios: [
      'Builds bridges by day, model railways by night.',
      'Librarian, cyclist, collector of old maps.',
      'Keeps the servers running and the kettle warm.',
      'Teaches mathematics and sings in a choir.',
    ],
  },
  {
    language: 'de',
    share: 8,
    houses: [
      {
        given: `Anna Lena Lea Sophia Marie Johanna Katharina Greta Frieda Jördis Käthe Ursula Sabine Heike Ute Birgit Ingrid Anneliese
          Maximilian Felix Paul Jonas Lukas Moritz Jürgen Günther Jörg Björn Götz Uwe Karl-Heinz Hans-Jürgen Matthias Sebastian Florian
          Tobias Stefan Wolfgang Dieter Klaus`,
        family: `Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf
          Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Köhler Weiß Groß Jäger Böhm
          Strauß Vogt Pfeiffer Lindner Götze Fuchs von_der_Heide`,
      },
    ],
    places: [
      ['Berlin', 'Europe/Berlin'],
      ['München', 'Europe/Berlin'],
      ['Köln', 'Europe/Berlin'],
      ['Wien', 'Europe/Vienna'],
      ['Zürich', 'Europe/Zurich'],
    ],
    bios: [
      'Liebt lange Züge und kurze Wege.',
      'Bäckermeisterin im Ruhestand, jetzt Imkerin.',
      'Schreibt Software für Krankenhäuser.',
    ],
    spelling: { ä: 'ae', ö: 'oe', ü: 'ue' },
  },
  {
    language: 'fr',
    share: 7,
    houses: [
      {
        given: `Camille Léa Manon Chloé Inès Zoé Anaïs Éloïse Amélie Hélène Noémie Geneviève Françoise Béatrice Célia Maëlys Solène
          Marie-Claire Anne-Sophie Louis Gabriel Raphaël Jules Hugo Théo Léo Étienne François Benoît Jérôme Rémi Loïc Maël Sébastien
          Gaël Aurélien Jean-Pierre Jean-Luc Antoine Mathieu`,
        family: `Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia Bertrand Roux
          Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet Legrand Garnier Faure Rousseau Blanc Guérin Boyer Perrin
          Clément Gauthier Hervé Poirier Lemaître D'Aubigné`,
      },
    ],
    places: [
      ['Paris', 'Europe/Paris'],
      ['Lyon', 'Europe/Paris'],
      ['Orléans', 'Europe/Paris'],
      ['Genève', 'Europe/Zurich'],
      ['Montréal', 'America/Toronto'],
      ['Bruxelles', 'Europe/Brussels'],
    ],
    bios: [
      'Passionnée de vélo et de vieilles cartes.',
      'Ingénieur le jour, pâtissier le dimanche.',
      'Enseigne le français à l’étranger.',
    ],
  },
  {
    language: 'es',
    share: 9,
    houses: [
      {
        given: `María Lucía Sofía Martina Paula Valeria Julia Carmen Inés Rocío Begoña Ángela Mónica Verónica Ximena Araceli Pilar
          María_José Ana_Belén Mateo Hugo Martín Lucas Álvaro Adrián Óscar Iván Rubén Íñigo Joaquín Andrés Nicolás Sebastián Germán
          Raúl Héctor Simón José_Luis Juan_Carlos`,
        family: `García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz
          Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Suárez Castro Ortega
          Rubio Núñez Ibáñez Peña Cortés Garrido Quiñones de_la_Fuente`,
      },
    ],
    places: [
      ['Madrid', 'Europe/Madrid'],
      ['Málaga', 'Europe/Madrid'],
      ['Ciudad de México', 'America/Mexico_City'],
      ['Bogotá', 'America/Bogota'],
      ['Buenos Aires', 'America/Argentina/Buenos_Aires'],
    ],
    bios: [
      'Arquitecta, corredora de fondo y madrugadora.',
      'Cultiva olivos y escribe código.',
      '¿Un café? Siempre. Profesor de historia.',
    ],
  },
  {
    language: 'pl',
    share: 5,
    houses: [
      {
        given: `Zuzanna Julia Maja Hanna Zofia Lena Alicja Oliwia Wiktoria Małgorzata Agnieszka Katarzyna Elżbieta Grażyna Bożena Łucja
          Żaneta Jadwiga Świętosława Danuta`,
        family: `Nowak Kowalska Wiśniewska Wójcik Kowalczyk Kamińska Lewandowska Zielińska Szymańska Woźniak Dąbrowska Kozłowska Jankowska
          Mazur Kwiatkowska Krawczyk Piotrowska Grabowska Pawłowska Zając Król Wróbel Jabłońska Więckowska Nowicka Stępień Adamczyk
          Sikora Górska Ślęzak`,
      },
      {
        given: `Antoni Jakub Jan Szymon Franciszek Filip Aleksander Mikołaj Wojciech Kacper Michał Stanisław Tadeusz Władysław Zbigniew
          Łukasz Paweł Grzegorz Krzysztof Zdzisław`,
        family: `Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski
          Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Pawłowski Zając Król Wróbel Jabłoński Więckowski Nowicki Stępień Adamczyk
          Sikora Górski Ślęzak`,
      },
    ],
    places: [
      ['Warszawa', 'Europe/Warsaw'],
      ['Kraków', 'Europe/Warsaw'],
      ['Łódź', 'Europe/Warsaw'],
      ['Wrocław', 'Europe/Warsaw'],
    ],
    bios: ['Zażółć gęślą jaźń.', 'Lubi góry, książki i dobrą herbatę.', 'Projektuje mosty nad Wisłą.'],
  },
  {
    language: 'tr',
    share: 4,
    houses: [
      {
        given: `Zeynep Elif Defne Ayşe Fatma Emine Hatice Özlem Gülşen Çiğdem Işıl İpek Şule Tuğba Yağmur Nilüfer Müge Songül Mehmet
          Mustafa Ahmet Ömer Yusuf Emre Çağlar Oğuz Barış Gökhan Serkan Tolga Uğur Ümit İbrahim İsmail Şükrü Kağan`,
        family: `Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan
          Şimşek Polat Korkmaz Özer Güneş Erdoğan Yavuz Can Acar Güler Işık Tekin Taş Aktaş Bulut Ünal Bozkurt`,
      },
    ],
    places: [
      ['İstanbul', 'Europe/Istanbul'],
      ['İzmir', 'Europe/Istanbul'],
      ['Ankara', 'Europe/Istanbul'],
      ['Eskişehir', 'Europe/Istanbul'],
    ],
    bios: [
      'Deniz kıyısında büyüdü, dağları seviyor.',
      'Yazılım mühendisi, çay tiryakisi.',
      'Işığın peşinde bir fotoğrafçı.',
    ],
  },
  {
    language: 'vi',
    share: 4,
    houses: [
      {
        given: `Anh Ngọc_Ánh Bích Chi Diệu Dung Hà Hạnh Hiền Hoa Hồng Hương Khánh Lan Liên Linh Mai Minh_Châu Mỹ Nga Ngân Như Nhung
          Phương Quỳnh Thảo Thu_Thủy Trang Tuyết Vân Yến Bảo Công Cường Dũng Đức Hải Hiếu Hùng Huy Khoa Long Nam Nghĩa Phong Phúc Quân
          Sơn Thắng Tuấn Việt Vũ`,
        family: `Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trương Lâm Mai Tô Tạ Tăng Quách
          Thái Châu Đào Lương Vương`,
      },
    ],
    places: [
      ['Hà Nội', 'Asia/Ho_Chi_Minh'],
      ['Thành phố Hồ Chí Minh', 'Asia/Ho_Chi_Minh'],
      ['Đà Nẵng', 'Asia/Ho_Chi_Minh'],
      ['Huế', 'Asia/Ho_Chi_Minh'],
    ],
    bios: ['Thích đọc sách và nấu phở.', 'Kỹ sư phần mềm ở Đà Nẵng.', 'Dạy toán, yêu âm nhạc.'],
  },
  {
    language: 'yo',
    share: 2,
    houses: [
      {
        given: `Adébáyọ̀ Adéọlá Abọ́sẹ̀dé Ayọ̀délé Bọ́lájí Bùkọ́lá Dáre Ẹniọlá Fọlákẹ́ Fúnmiláyọ̀ Ìfẹ́olúwa Kẹ́hìndé Kọ́ládé Mojísọ́lá Olúmidé
          Olúfẹ́mi Ọlábísí Ọlámidé Ṣadé Ṣégun Ṣọlá Táíwò Tèmítọ́pẹ́ Títílayọ̀ Tọ́pẹ́ Yétúndé Yẹmí Délé Fẹ́mi Ọpẹ́yẹmí`,
        family: `Adébọ̀wálé Adéyẹmí Adékúnlé Afọlábí Ajàyí Akíntọ́lá Awólọ́wọ̀ Ayọ̀délé Babátúndé Balógun Bánkọ́lé Ẹkúndayọ̀ Fálọlá Fágbèmí
          Ìbídàpọ̀ Ìdòwú Ògúnlẹ́yẹ Ògúndípẹ̀ Òkè Olúwaṣẹ́gun Ọbásànjọ́ Ọdúnsí Ọláníyan Ọlátúnjí Ọ̀ṣúnlẹ́yẹ Oyèdélé Ṣóyínká Ṣónúgà Ṣóbọ̀wálé Sánúsí`,
      },
    ],
    places: [
      ['Lagos', 'Africa/Lagos'],
      ['Ìbàdàn', 'Africa/Lagos'],
      ['Abẹ́òkúta', 'Africa/Lagos'],
    ],
    bios: ['Olùkọ́ èdè Yorùbá ní Ìbàdàn.', 'Drummer, teacher, father of twins.'],
  },
]
