/**
 * The people of the demo, by culture. Names are parted by blanks, `_` stands for a blank within a name, and what follows a `/` is its
 * spelling in Latin letters; names in Latin letters need none. Families come with their given names where grammar ties the two.
 */
export interface Culture {
  /** ISO 639-1. */
  readonly language: string
  /** Of a hundred people. */
  readonly share: number
  readonly houses: readonly { readonly given: string; readonly family: string }[]
  /** Cities with their IANA zones. */
  readonly places: readonly (readonly [city: string, timezone: string])[]
  readonly bios: readonly string[]
  /** How letters are spelled in addresses, where dropping their marks is not the custom. */
  readonly spelling?: Readonly<Record<string, string>>
}

export const cultures: readonly Culture[] = [
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
  {
    language: 'ru',
    share: 6,
    houses: [
      {
        given: `Анна/anna Мария/maria Елена/elena Ольга/olga Татьяна/tatyana Наталья/natalya Ирина/irina Светлана/svetlana
          Екатерина/ekaterina Анастасия/anastasia Дарья/darya Юлия/yulia Ксения/ksenia Полина/polina Алёна/alyona Людмила/lyudmila
          Софья/sofya Вера/vera Надежда/nadezhda Любовь/lyubov`,
        family: `Иванова/ivanova Смирнова/smirnova Кузнецова/kuznetsova Попова/popova Васильева/vasilyeva Петрова/petrova
          Соколова/sokolova Михайлова/mikhaylova Новикова/novikova Фёдорова/fyodorova Морозова/morozova Волкова/volkova
          Алексеева/alekseeva Лебедева/lebedeva Семёнова/semyonova Егорова/egorova Павлова/pavlova Козлова/kozlova Орлова/orlova
          Андреева/andreeva Ковалевская/kovalevskaya Чайковская/chaykovskaya Белова/belova Соловьёва/solovyova Зайцева/zaytseva
          Щербакова/shcherbakova Журавлёва/zhuravlyova Калинина/kalinina Пушкина/pushkina Толстая/tolstaya`,
      },
      {
        given: `Александр/aleksandr Дмитрий/dmitry Сергей/sergey Алексей/aleksey Андрей/andrey Михаил/mikhail Иван/ivan
          Николай/nikolay Владимир/vladimir Артём/artyom Максим/maksim Евгений/evgeny Юрий/yury Пётр/pyotr Павел/pavel Фёдор/fyodor
          Григорий/grigory Константин/konstantin Илья/ilya Ярослав/yaroslav`,
        family: `Иванов/ivanov Смирнов/smirnov Кузнецов/kuznetsov Попов/popov Васильев/vasilyev Петров/petrov Соколов/sokolov
          Михайлов/mikhaylov Новиков/novikov Фёдоров/fyodorov Морозов/morozov Волков/volkov Алексеев/alekseev Лебедев/lebedev
          Семёнов/semyonov Егоров/egorov Павлов/pavlov Козлов/kozlov Орлов/orlov Андреев/andreev Ковалевский/kovalevsky
          Чайковский/chaykovsky Белов/belov Соловьёв/solovyov Зайцев/zaytsev Щербаков/shcherbakov Журавлёв/zhuravlyov Калинин/kalinin
          Пушкин/pushkin Толстой/tolstoy`,
      },
    ],
    places: [
      ['Алматы', 'Asia/Almaty'],
      ['Рига', 'Europe/Riga'],
      ['Новосибирск', 'Asia/Novosibirsk'],
      ['Санкт-Петербург', 'Europe/Moscow'],
    ],
    bios: ['Математик, любит горы и тишину.', 'Пишет книги для детей.', 'Инженер и немного поэт.'],
  },
  {
    language: 'uk',
    share: 3,
    houses: [
      {
        given: `Оксана/oksana Олена/olena Наталія/nataliia Ірина/iryna Юлія/yuliia Катерина/kateryna Софія/sofiia Ганна/hanna
          Соломія/solomiia Леся/lesia Михайло/mykhailo Олександр/oleksandr Андрій/andrii Сергій/serhii Тарас/taras Богдан/bohdan
          Володимир/volodymyr Юрій/yurii Євген/yevhen Ярослав/yaroslav Григорій/hryhorii Остап/ostap Ілля/illia`,
        family: `Шевченко/shevchenko Коваленко/kovalenko Бондаренко/bondarenko Ткаченко/tkachenko Кравченко/kravchenko Олійник/oliinyk
          Шевчук/shevchuk Коваль/koval Поліщук/polishchuk Бондар/bondar Ткачук/tkachuk Мороз/moroz Марченко/marchenko Лисенко/lysenko
          Руденко/rudenko Савченко/savchenko Петренко/petrenko Кравчук/kravchuk Клименко/klymenko Павленко/pavlenko Савчук/savchuk
          Кузьменко/kuzmenko Іваненко/ivanenko Гнатюк/hnatiuk Гончар/honchar Їжак/yizhak Франко/franko Сидоренко/sydorenko
          Ющенко/yushchenko Ґудзь/gudz`,
      },
    ],
    places: [
      ['Київ', 'Europe/Kyiv'],
      ['Львів', 'Europe/Kyiv'],
      ['Одеса', 'Europe/Kyiv'],
    ],
    bios: ['Вишиває, бігає марафони, пише код.', 'Вчителька географії з Києва.'],
  },
  {
    language: 'el',
    share: 4,
    houses: [
      {
        given: `Μαρία/maria Ελένη/eleni Κατερίνα/katerina Βασιλική/vasiliki Σοφία/sofia Αγγελική/angeliki Γεωργία/georgia
          Δήμητρα/dimitra Ιωάννα/ioanna Ευαγγελία/evangelia Παναγιώτα/panagiota Χριστίνα/christina Αναστασία/anastasia Δέσποινα/despoina
          Ζωή/zoi Φωτεινή/foteini`,
        family: `Παπαδοπούλου/papadopoulou Παππά/pappa Καραγιάννη/karagianni Βλάχου/vlachou Ιωάννου/ioannou Οικονόμου/oikonomou
          Παπαγεωργίου/papageorgiou Μακρή/makri Κωνσταντινίδου/konstantinidou Δημοπούλου/dimopoulou Γεωργίου/georgiou
          Νικολάου/nikolaou Αντωνίου/antoniou Χατζή/chatzi Αλεξίου/alexiou Αγγελοπούλου/angelopoulou Μιχαηλίδου/michailidou
          Σταματίου/stamatiou Λάμπρου/lamprou Ζαχαρίου/zachariou`,
      },
      {
        given: `Γιώργος/giorgos Δημήτρης/dimitris Κώστας/kostas Γιάννης/giannis Νίκος/nikos Παναγιώτης/panagiotis Βασίλης/vasilis
          Χρήστος/christos Θανάσης/thanasis Μιχάλης/michalis Ευάγγελος/evangelos Σπύρος/spyros Αντώνης/antonis Ηλίας/ilias
          Οδυσσέας/odysseas Αλέξανδρος/alexandros`,
        family: `Παπαδόπουλος/papadopoulos Παππάς/pappas Καραγιάννης/karagiannis Βλάχος/vlachos Ιωάννου/ioannou Οικονόμου/oikonomou
          Παπαγεωργίου/papageorgiou Μακρής/makris Κωνσταντινίδης/konstantinidis Δημόπουλος/dimopoulos Γεωργίου/georgiou
          Νικολάου/nikolaou Αντωνίου/antoniou Χατζής/chatzis Αλεξίου/alexiou Αγγελόπουλος/angelopoulos Μιχαηλίδης/michailidis
          Σταματίου/stamatiou Λάμπρου/lamprou Ζαχαρίου/zachariou`,
      },
    ],
    places: [
      ['Αθήνα', 'Europe/Athens'],
      ['Θεσσαλονίκη', 'Europe/Athens'],
      ['Λευκωσία', 'Asia/Nicosia'],
    ],
    bios: ['Αγαπά τη θάλασσα και τα παλιά βιβλία.', 'Μηχανικός λογισμικού, ερασιτέχνης αστρονόμος.'],
  },
  {
    language: 'ar',
    share: 6,
    houses: [
      {
        given: `فاطمة/fatima مريم/maryam عائشة/aisha زينب/zaynab نور/nour ليلى/layla سارة/sara هدى/huda ريم/reem سلمى/salma أمل/amal
          دينا/dina رانيا/rania ياسمين/yasmin هالة/hala محمد/mohammed أحمد/ahmad علي/ali عمر/omar يوسف/yusuf خالد/khalid حسن/hassan
          حسين/hussein إبراهيم/ibrahim عبد_الله/abdullah عبد_الرحمن/abdulrahman طارق/tariq سامي/sami كريم/karim زياد/ziad مصطفى/mustafa`,
        family: `الأحمد/alahmad الحسن/alhasan الخطيب/alkhatib المصري/almasri الشامي/alshami البغدادي/albaghdadi النجار/alnajjar
          الحداد/alhaddad الصباغ/alsabbagh العلي/alali السيد/alsayed الهاشمي/alhashimi القاسم/alqasim الزهراني/alzahrani
          الغامدي/alghamdi العتيبي/alotaibi القحطاني/alqahtani الدوسري/aldosari التميمي/altamimi العمري/alomari بن_صالح/bensaleh
          بن_علي/benali حداد/haddad خوري/khoury منصور/mansour سليمان/suleiman شاهين/shaheen فرح/farah قباني/qabbani محفوظ/mahfouz`,
      },
    ],
    places: [
      ['القاهرة', 'Africa/Cairo'],
      ['بيروت', 'Asia/Beirut'],
      ['الرياض', 'Asia/Riyadh'],
      ['الدار البيضاء', 'Africa/Casablanca'],
    ],
    bios: ['مهندسة برمجيات تحب الشعر.', 'معلم رياضيات من القاهرة.', 'تصوّر المدن القديمة عند الفجر.'],
  },
  {
    language: 'he',
    share: 3,
    houses: [
      {
        given: `נועה/noa תמר/tamar מאיה/maya יעל/yael שירה/shira רחל/rachel לאה/leah מיכל/michal אביגיל/avigail הדס/hadas ענת/anat
          רות/ruth צפורה/tzipora אורלי/orly דוד/david יוסף/yosef משה/moshe אריאל/ariel איתי/itai נועם/noam יונתן/yonatan עמית/amit
          דניאל/daniel אלון/alon גיל/gil רון/ron שמעון/shimon אברהם/avraham עידו/ido אסף/asaf`,
        family: `כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton דהן/dahan אברהם/avraham פרידמן/friedman מלכה/malka אזולאי/azoulay
          כץ/katz יוסף/yosef דוד/david עמר/amar אוחיון/ohayon חדד/hadad גבאי/gabay בן_דוד/bendavid אדרי/edri לוין/levin טל/tal
          קליין/klein חן/hen שפירא/shapira חזן/hazan משה/moshe אשכנזי/ashkenazi אוחנה/ohana סגל/segal גולן/golan`,
      },
    ],
    places: [
      ['תל אביב', 'Asia/Jerusalem'],
      ['ירושלים', 'Asia/Jerusalem'],
      ['חיפה', 'Asia/Jerusalem'],
    ],
    bios: ['אוהבת ספרים, ים וקפה חזק.', 'מורה לפיזיקה ונגן עוד.'],
  },
  {
    language: 'zh',
    share: 7,
    houses: [
      {
        given: `伟/wei 芳/fang 娜/na 秀英/xiuying 敏/min 静/jing 丽/li 强/qiang 磊/lei 军/jun 洋/yang 勇/yong 艳/yan 杰/jie 娟/juan 涛/tao
          明/ming 超/chao 秀兰/xiulan 霞/xia 平/ping 刚/gang 桂英/guiying 文/wen 华/hua 建国/jianguo 子涵/zihan 梓轩/zixuan 雨桐/yutong
          欣怡/xinyi 浩然/haoran 思远/siyuan 佳琪/jiaqi 志强/zhiqiang 晓明/xiaoming 美玲/meiling 俊杰/junjie 雅婷/yating 家豪/jiahao 怡君/yijun`,
        family: `王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 赵/zhao 黄/huang 周/zhou 吴/wu 徐/xu 孙/sun 胡/hu 朱/zhu 高/gao 林/lin 何/he
          郭/guo 马/ma 罗/luo 梁/liang 宋/song 郑/zheng 谢/xie 韩/han 唐/tang 冯/feng 于/yu 董/dong 萧/xiao 程/cheng 曹/cao 袁/yuan 邓/deng
          许/xu 傅/fu 沈/shen 曾/zeng 彭/peng 吕/lyu 欧阳/ouyang 司马/sima`,
      },
    ],
    places: [
      ['北京', 'Asia/Shanghai'],
      ['上海', 'Asia/Shanghai'],
      ['成都', 'Asia/Shanghai'],
      ['台北', 'Asia/Taipei'],
      ['香港', 'Asia/Hong_Kong'],
    ],
    bios: ['软件工程师，喜欢爬山和读书。', '小学教师，业余写诗。', '爱喝茶，也爱写代码。'],
  },
  {
    language: 'ja',
    share: 5,
    houses: [
      {
        given: `結衣/yui 陽菜/hina 葵/aoi さくら/sakura 美咲/misaki 凛/rin 花子/hanako 由美子/yumiko 恵子/keiko 直美/naomi 千尋/chihiro
          明日香/asuka ひかり/hikari かおり/kaori マリ/mari 蓮/ren 大翔/hiroto 悠真/yuma 湊/minato 翔太/shota 健太/kenta 拓也/takuya
          大輔/daisuke 直樹/naoki 誠/makoto 隆/takashi 一郎/ichiro 太郎/taro 雄一/yuichi 浩/hiroshi ケン/ken りく/riku`,
        family: `佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi 加藤/kato
          吉田/yoshida 山田/yamada 佐々木/sasaki 山口/yamaguchi 松本/matsumoto 井上/inoue 木村/kimura 林/hayashi 斎藤/saito 清水/shimizu
          山崎/yamazaki 森/mori 池田/ikeda 橋本/hashimoto 阿部/abe 石川/ishikawa 前田/maeda 藤田/fujita 小川/ogawa 岡田/okada 後藤/goto
          長谷川/hasegawa 村上/murakami 近藤/kondo 石井/ishii`,
      },
    ],
    places: [
      ['東京', 'Asia/Tokyo'],
      ['大阪', 'Asia/Tokyo'],
      ['京都', 'Asia/Tokyo'],
      ['札幌', 'Asia/Tokyo'],
    ],
    bios: ['猫と古い地図が好きです。', 'ソフトウェアエンジニア。週末は登山。', 'パン屋を営んでいます。'],
  },
  {
    language: 'ko',
    share: 4,
    houses: [
      {
        given: `서연/seoyeon 민서/minseo 지우/jiwoo 서현/seohyeon 하은/haeun 지민/jimin 수빈/subin 예은/yeeun 유진/yujin 은지/eunji
          혜진/hyejin 영희/younghee 미영/miyoung 보람/boram 다은/daeun 민준/minjun 서준/seojun 도윤/doyun 예준/yejun 시우/siwoo
          하준/hajun 지호/jiho 준서/junseo 현우/hyunwoo 성민/sungmin 동현/donghyun 철수/cheolsu 영수/youngsu 태준/taejun 승현/seunghyun`,
        family: `김/kim 이/lee 박/park 최/choi 정/jung 강/kang 조/cho 윤/yoon 장/jang 임/lim 한/han 오/oh 서/seo 신/shin 권/kwon 황/hwang
          안/ahn 송/song 류/ryu 전/jeon 홍/hong 고/ko 문/moon 양/yang 손/son 배/bae 백/baek 허/heo 유/yoo 남궁/namgung`,
      },
    ],
    places: [
      ['서울', 'Asia/Seoul'],
      ['부산', 'Asia/Seoul'],
      ['대전', 'Asia/Seoul'],
    ],
    bios: ['커피와 자전거를 좋아합니다.', '초등학교 교사, 주말 농부.', '좋은 소프트웨어를 만듭니다.'],
  },
  {
    language: 'hi',
    share: 3,
    houses: [
      {
        given: `आरती/aarti अनन्या/ananya दीपिका/deepika दिव्या/divya गीता/geeta काव्या/kavya लक्ष्मी/lakshmi मीरा/meera नेहा/neha पूजा/pooja
          प्रिया/priya राधा/radha ऋतु/ritu सीता/sita श्रेया/shreya सुनीता/sunita आदित्य/aditya अमित/amit अर्जुन/arjun अशोक/ashok
          दीपक/deepak गणेश/ganesh हर्ष/harsh कृष्ण/krishna मोहन/mohan नितिन/nitin प्रकाश/prakash राहुल/rahul राजेश/rajesh संजय/sanjay
          सुरेश/suresh विकास/vikas`,
        family: `शर्मा/sharma वर्मा/verma गुप्ता/gupta सिंह/singh कुमार/kumar मिश्रा/mishra पाण्डेय/pandey त्रिपाठी/tripathi जोशी/joshi
          अग्रवाल/agrawal यादव/yadav चौधरी/chaudhary मेहता/mehta पटेल/patel शाह/shah देसाई/desai कपूर/kapoor खन्ना/khanna मल्होत्रा/malhotra
          चोपड़ा/chopra भट्ट/bhatt दुबे/dubey तिवारी/tiwari शुक्ला/shukla श्रीवास्तव/shrivastava सक्सेना/saxena माथुर/mathur राठौर/rathore
          चौहान/chauhan ठाकुर/thakur`,
      },
    ],
    places: [
      ['दिल्ली', 'Asia/Kolkata'],
      ['मुम्बई', 'Asia/Kolkata'],
      ['वाराणसी', 'Asia/Kolkata'],
    ],
    bios: ['पुस्तकें, संगीत और चाय।', 'गणित की अध्यापिका।', 'पहाड़ों की यात्रा और कविता।'],
  },
]
