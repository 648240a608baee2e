import type { Culture } from './demo-names.ts'

export const cyrillicAndGreekCultures: readonly Culture[] = [
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
]
