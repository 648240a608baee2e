/** RFC 7914, section 12, as each form writes it. */
export const scrypts = {
  phc: `$scrypt$ln=10,r=8,p=16$${base64('4e61436c')}$${base64('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640')}`,
  hexadecimal:
    '16384$8$1$536f6469756d43686c6f72696465$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
} as const

/** Password and hash as others have published them, by where. */
export const vectors = {
  'crypt_blowfish 1.3, wrapper.c': [
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy'],
    ['U*U*U', '$2b$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
    [
      '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored',
      '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui',
    ],
  ],
  'py-bcrypt': [['~!@#$%^&*()      ~!@#$%^&*()PNBFRD', '$2a$10$LgfYWkbzEvQ4JakH7rOvHe0y8pHKF9OaFgwUZ2q7W2FFZmZzJYlfS']],
  'PHP manual, password_verify': [['rasmuslerdorf', '$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq']],

  'phc-winner-argon2, src/test.c': [
    ['password', '$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY'],
    ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
    ['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
  ],
  'argon2-browser, argon2d': [
    ['password', '$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$JcTui6RIBUtJ78gE5Hi52CO+H5vS6Z9R1uxAB6OhUB8'],
  ],
  'Django, tests/auth_tests/test_hashers.py, argon2': [
    ['secret', '$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q'],
  ],

  'RFC 7914, section 12': [
    ['password', scrypts.phc],
    ['pleaseletmein', scrypts.hexadecimal],
  ],
  'passlib documentation, passlib.hash.scrypt': [
    ['password', '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E'],
  ],
  'github.com/firebase/scrypt, README': [
    [
      'user1password',
      '$firebase-scrypt$ln=14,r=8,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,ss=Bw==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    ],
  ],

  'RFC 6070': [
    ['password', `$pbkdf2$4096$${base64('73616c74')}$${base64('4b007901b765489abead49d926f721d065a429c1')}`],
    [
      'passwordPASSWORDpassword',
      `$pbkdf2-sha1$i=4096,l=25$${base64('73616c7453414c5473616c7453414c5473616c7453414c5473616c7453414c5473616c74')}$${base64('3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038')}`,
    ],
    ['pass\0word', `$pbkdf2$4096$${base64('7361006c74')}$${base64('56fa6aa75548099dcc37d7f03425e0c3')}`],
  ],
  'RFC 7914, section 11': [
    [
      'passwd',
      `$pbkdf2-sha256$i=1,l=64$${base64('73616c74')}$${base64('55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783')}`,
    ],
  ],
  'passlib, test_handlers_pbkdf2': [
    ['password', '$pbkdf2$1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI'],
    ['password', '$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'],
    [
      'password',
      '$pbkdf2-sha512$1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww',
    ],
  ],
  'Django, tests/auth_tests/test_hashers.py, pbkdf2': [
    ['lètmein', 'pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
  ],
  'dev.to/oskarspakers, a user for Keycloak': [
    ['admin', '$pbkdf2-sha256$i=27500$x/bm4Y3DcuV9eU97ervkPA==$1u7BLvfSPxQFpwc5jpGSA+88EGl9pZYKhaZ8YPIu9N4='],
  ],

  'PHPass 0.3, test.php': [['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0']],
  'John the Ripper 1.7.9, phpass': [
    ['123456', '$H$9PE8jEklgZhgLmZl5.HYJAzfGCQtzi1'],
    ['thisisalongertestPW', '$P$912345678LIjjb6PhecupozNBmDndU0'],
    ['JohnRipper', '$P$B12345678L6Lpt4BxNotVIMILOa9u81'],
  ],
  'passlib, phpass': [['', '$P$7JaFQsPzJSuenezefD/3jHgt5hVfNH0']],

  'passlib, SSHA': [
    ['testing123', '{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr'],
    ['test', '{SSHA}P90+qijSp8MJ1tN25j5o1PflUvlqjXHOGeOckw=='],
    [
      'toomanysecrets',
      '{SSHA512}wExp4xjiCHS0zidJDC4UJq9EEeIebAQPJ1PWSwfhxWjfutI9XiiKuHm2AE41cEFfK+8HyI8bh+ztbczUGsvVFIgICWWPt7qu',
    ],
  ],
  'Ory Kratos, identity/handler_test.go': [
    ['test123', '{SSHA}JFZFs0oHzxbMwkSJmYVeI8MnTDy/276a'],
    ['test123', '{SSHA256}czO44OTV17PcF1cRxWrLZLy9xHd7CWyVYplr1rOhuMlx/7IK'],
  ],
} as const

function base64(hexadecimal: string): string {
  return Buffer.from(hexadecimal, 'hex').toString('base64').replaceAll('=', '')
}
