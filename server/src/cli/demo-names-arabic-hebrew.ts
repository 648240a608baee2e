import type { Culture } from './demo-names.ts'

export const arabicAndHebrewCultures: readonly Culture[] = [
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
]
