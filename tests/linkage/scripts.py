"""Invented people whose names are written in their own script at one agency, and in Latin letters at another.

The names are common ones, each with spellings that passports, registers and case workers use. ``python -m
tests.linkage.scripts`` prints how many are found again, by script.
"""

from __future__ import annotations

import numpy as np

from palermo.linkage import MatchSettings
from palermo.linkage.candidates import find_candidates
from palermo.linkage.matching import match
from tests.linkage.invented import encodings_of

__all__ = ["NAMES", "found_again", "people_in_two_scripts"]

NAMES = {
    "Arabic": (
        "محمد=Mohammed,Muhammad,Mohamed;فاطمة=Fatima,Fatma,Fatimah;حسين=Hussein,Hussain,Husayn;خديجة=Khadija,Khadidja;"
        "يوسف=Youssef,Yusuf,Yousif;زينب=Zainab,Zeinab,Zaynab;علي=Ali,Aly;مريم=Maryam,Mariam,Meriem;خالد=Khaled,Khalid;"
        "سعيد=Said,Saeed;نورا=Noura,Nora;عمر=Omar,Umar;ليلى=Layla,Leila;إبراهيم=Ibrahim,Ebrahim;سارة=Sara,Sarah;"
        "أحمد=Ahmed,Ahmad;هدى=Huda,Hoda;كريم=Karim,Kareem;جميلة=Jamila,Djamila;طارق=Tariq,Tarek",
        "الحسن=Al-Hassan,Hassan;منصور=Mansour,Mansur;الخطيب=Khatib,Khateeb;حداد=Haddad,Hadad;سليمان=Sulaiman;"
        "العلي=Al Ali,Alali;درويش=Darwish,Darwich;نجار=Najjar,Najar;قاسم=Qasim,Kassem;رحمن=Rahman;بكري=Bakri,Bakry;"
        "شريف=Sharif,Cherif;صالح=Saleh,Salih;عثمان=Othman,Osman;موسى=Musa,Moussa;يعقوب=Yaqub,Yacoub;زيدان=Zidan,Zaidan;"
        "فارس=Fares,Faris;حمدان=Hamdan,Hemdan;مرزوق=Marzouk",
    ),
    "Cyrillic": (
        "Наталья=Natalia,Nataliya,Natalya;Юлия=Yulia,Julia,Iuliia;Евгений=Yevgeny,Evgeny,Evgenii;Оксана=Oksana,Oxana;"
        "Владимир=Vladimir,Wladimir;Алексей=Alexey,Aleksei,Alexei;Екатерина=Ekaterina,Yekaterina;Сергей=Sergey,Sergei;"
        "Татьяна=Tatiana,Tatyana;Дмитрий=Dmitry,Dmitri,Dmitrii;Ксения=Ksenia,Xenia;Михаил=Mikhail,Michail;"
        "Людмила=Lyudmila,Ludmila;Андрей=Andrey,Andrei;Виктория=Victoria,Viktoriya;Яна=Yana,Jana;Игорь=Igor,Ihor;"
        "Светлана=Svetlana,Swetlana;Галина=Galina,Halyna;Максим=Maxim,Maksym",
        "Щербаков=Shcherbakov,Scherbakov;Хрущёв=Khrushchev,Khruschev;Коваленко=Kovalenko,Kowalenko;Ющенко=Yushchenko,Juschtschenko;"
        "Цветаев=Tsvetaev,Cvetaev;Жуков=Zhukov,Jukov;Шевчук=Shevchuk,Schewtschuk;Васильев=Vasiliev,Vasilyev;"
        "Михайлов=Mikhailov,Mihajlov;Чернов=Chernov,Tchernov;Григорьев=Grigoriev,Grigoryev;Фёдоров=Fedorov,Fyodorov;"
        "Яковлев=Yakovlev,Iakovlev;Соловьёв=Soloviev,Solovyov;Зайцев=Zaitsev,Zaytsev;Быков=Bykov,Bikov;Юдин=Yudin,Iudin;"
        "Харитонов=Kharitonov,Haritonov;Эрнст=Ernst,Ernest;Кучма=Kuchma,Koutchma",
    ),
    "Chinese": (
        "伟=Wei;娜=Na;静=Jing,Ching;小明=Xiaoming,Hsiao-ming;秀英=Xiuying,Hsiu-ying;丽=Li;强=Qiang,Chiang;敏=Min;磊=Lei;洋=Yang;"
        "艳=Yan;勇=Yong,Yung;杰=Jie,Chieh;娟=Juan,Chuan;涛=Tao;超=Chao;明=Ming;霞=Xia,Hsia;平=Ping;建国=Jianguo,Chien-kuo",
        "王=Wang,Wong;李=Li,Lee;张=Zhang,Chang;刘=Liu;陈=Chen,Chan;杨=Yang,Yeung;黄=Huang,Wong;赵=Zhao,Chao;吴=Wu,Ng;周=Zhou,Chow;"
        "徐=Xu,Hsu;孙=Sun;马=Ma;朱=Zhu,Chu;胡=Hu;郭=Guo,Kuo;何=He,Ho;林=Lin,Lam;高=Gao,Kao;罗=Luo,Lo",
    ),
    "Thai": (
        "สมชาย=Somchai;ศรีสุดา=Srisuda,Sisuda;วันดี=Wandee,Wandi;ประยุทธ์=Prayut,Prayuth;นภา=Napha,Napa;กัญญา=Kanya,Kanjana;"
        "สมศักดิ์=Somsak;มาลี=Malee,Mali;อรุณ=Arun,Aroon;บุญมี=Boonmee,Bunmi;พิมพ์=Pim,Phim;สุนีย์=Sunee,Suni;ชัย=Chai;"
        "วิชัย=Wichai,Vichai;ดวงใจ=Duangjai,Duangchai;ทองดี=Thongdee,Tongdi;รัตนา=Rattana,Ratana;ปราณี=Pranee,Prani;"
        "สุชาติ=Suchart,Suchat;นิดา=Nida",
        "แก้ว=Kaew,Kaeo;บุญเรือง=Boonruang,Bunrueang;ทองคำ=Thongkham,Tongkam;สุวรรณ=Suwan,Suwanna;ศรีวิชัย=Sriwichai,Srivichai;"
        "พรหม=Phrom,Prom;จันทร์=Chan,Jan;วงศ์=Wong,Vong;ใจดี=Jaidee,Chaidi;รักไทย=Rakthai;มั่นคง=Mankhong,Munkong;"
        "สายทอง=Saithong,Saitong;ดีงาม=Deengam,Dingam;ชัยศรี=Chaisri,Chaisi;คำแก้ว=Khamkaew,Kamkaeo;บัวทอง=Buathong,Buatong;"
        "อินทร์=In,Inn;สมบูรณ์=Somboon,Sombun;พานิช=Panich,Phanit;นาคะ=Naka,Nakha",
    ),
}
"""By script: first names and surnames, each in its script and in Latin letters."""


def people_in_two_scripts(n=1500, seed=1):
    """Invent people, each once in the own script and once in Latin letters; give both files and the scripts."""
    rng = np.random.default_rng(seed)
    own, latin, scripts = [], [], []
    tables = {script: [_parsed(each) for each in names] for script, names in NAMES.items()}
    for at in range(n):
        script = str(rng.choice(list(NAMES)))
        first, last = (table[int(rng.integers(len(table)))] for table in tables[script])
        born = f"{rng.integers(1960, 2010)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
        shared = {"sex": str(rng.choice(["f", "m"])), "citizenship": script[:2] + str(rng.integers(1, 4))}
        own.append({"record_id": f"o{at}", "first_name": first[0], "surname": last[0], "birth_date": born} | shared)
        drawn = rng.random()
        seen = born if drawn < 0.8 else born[:4] if drawn < 0.9 else f"{int(born[:4]) + 1}{born[4:]}"
        spelled = {"first_name": str(rng.choice(first[1])), "surname": str(rng.choice(last[1]))}
        latin.append({"record_id": f"l{at}", "birth_date": seen} | spelled | shared)
        scripts.append(script)
    return own, latin, scripts


def _parsed(text):
    return [(own, spelled.split(",")) for own, spelled in (each.split("=") for each in text.split(";"))]


def found_again(n=1500, seed=1):
    """Give, by script, the shares among the candidates and among the links, and the precision of all links."""
    own, latin, scripts = people_in_two_scripts(n, seed)
    encodings, settings = encodings_of(own + latin), MatchSettings()
    compared = find_candidates(encodings, cap=settings.cap_for(len(encodings)), most=settings.most).pairs
    linkage = match(encodings, settings)
    candidates, linked = (
        {frozenset(map(str, encodings.record_id[pair])) for pair in pairs}
        for pairs in (compared, linkage.likely.pairs[linkage.accepted])
    )
    true = [frozenset((f"o{at}", f"l{at}")) for at in range(n)]
    shares = {}
    for script in NAMES:
        mine = [pair for pair, of in zip(true, scripts, strict=True) if of == script]
        shares[script] = (np.mean([pair in candidates for pair in mine]), np.mean([pair in linked for pair in mine]))
    return shares, len(linked & set(true)) / max(len(linked), 1)


if __name__ == "__main__":
    print("script | candidates | linked")
    for seed in (1, 2):
        shares, precision = found_again(seed=seed)
        for script, (candidate, link) in shares.items():
            print(f"{script}–Latin, seed {seed} | {candidate:.3f} | {link:.3f}")
        print(f"precision of all links, seed {seed} | {precision:.3f} |")
