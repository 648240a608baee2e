import type { Culture } from './demo-names.ts'

export const asianCultures: readonly Culture[] = [
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
