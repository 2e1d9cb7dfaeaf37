"""Names of many countries, to make guests from: a family of names, then its given and last names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Given and last names that go together. `share` is its weight among the guests.

    `joined`: written last name first without a space. `made`: last names may be made of syllables.
    """

    share: int
    given: tuple[str, ...]
    last: tuple[str, ...]
    joined: bool = False
    made: bool = True


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; `_` stands for a space within one."""
    return tuple(word.replace("_", " ") for word in text.split())


def _names(share: int, given: str, last: str, joined: bool = False, made: bool = True) -> Family:
    return Family(share, _words(given), _words(last), joined, made)


FAMILIES: tuple[Family, ...] = (
    _names(
        20,
        """
        Anna Lukas Marie Felix Sophie Jonas Lea Paul Mia Leon Emma Maximilian Hannah Finn Johanna
        Elias Charlotte Moritz Katharina Jürgen Günther Jörg Björn Käthe Anne-Marie Karl-Heinz
        Hans-Jürgen Wolfgang Ursula Heike Thorsten Matthias Stefanie Michael Andreas Sabine Ingrid
        Rüdiger Sören Annemarie
        """,
        """
        Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch
        Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann
        Lange Schmitt Werner Krause Lehmann Köhler Maier Mayer Meier Mueller Weiß Groß Strauß Vogel
        Jäger Böhm Götz Kühn Bräuer Großmann von_Bülow zu_Guttenberg Müller-Lüdenscheidt
        Schulze-Wenzel
        """,
    ),
    _names(
        20,
        """
        James Olivia Oliver Amelia George Isla Noah Ava Arthur Lily Jack Grace Harry Freya Charlie
        Florence Thomas Willow Henry Ivy William Sienna Joshua Alice Daniel Ruby Mary-Jane Sean
        Siobhan Niamh Liam Caoimhe Patrick Bridget Rhys Megan Ewan Fiona Aaron Joel Manuel Samuel
        Rachel Zoe
        """,
        """
        Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans
        Walker White Roberts Green Hall Wood Jackson Clarke O'Brien O'Connor O'Neill O'Sullivan
        McDonald MacLeod McCarthy Fitzgerald Murphy Kelly Byrne Ryan Walsh Campbell Stewart Murray
        Hughes Edwards Morgan Carter-Jones Smith-Rowland D'Arcy St._John Lloyd-Webber
        """,
    ),
    _names(
        10,
        """
        Jean Chloé Pierre Léa Jean-Luc Zoé Marie-Claire Inès François Hélène Théo Noémie Étienne
        Céline Benoît Aurélie Loïc Maëlle Jérôme Gaëlle René Amélie Thérèse Anaïs Hugo Manon
        """,
        """
        Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre
        Michel García Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller
        Lefèbvre Mercier Boyer d'Estaing L'Hôpital de_La_Tour Saint-Exupéry Châtelain Besançon
        Beauséjour
        """,
    ),
    _names(
        10,
        """
        María José Lucía Carmen Alejandro Sofía Daniel Paula Pablo Martina Álvaro Valeria Javier
        Inés Andrés Begoña Íñigo Núria Joaquín Concepción João Beatriz Gonçalo Conceição Tomás
        Mônica Giulia Lorenzo Chiara Niccolò Francesca Matteo Mattia Giuseppe
        """,
        """
        García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz
        Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Núñez Ibáñez Peña da_Silva
        dos_Santos Gonçalves Araújo Magalhães Rossi Russo Ferrari Esposito Bianchi Colombo D'Angelo
        Dell'Acqua Lo_Presti Di_Stefano
        """,
    ),
    _names(
        10,
        """
        Zofia Łukasz Małgorzata Paweł Agnieszka Jakub Żaneta Michał Elżbieta Stanisław Grażyna
        Wojciech Jiří Tereza Ondřej Kateřina Tomáš Šárka Dvořák Zdeněk László Zsófia Gergő Eszter
        Ștefan Ioana Răzvan Đorđe Željko Snežana Matjaž Živa
        """,
        """
        Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak
        Dąbrowski Kozłowski Jankowski Mazur Wałęsa Łuczak Novák Svoboda Novotný Dvořák Černý
        Procházka Kučera Veselý Nagy Kovács Tóth Szabó Horváth Ionescu Popescu Țiriac Đorđević
        Živković Jovanović Šarić
        """,
    ),
    _names(
        6,
        """
        Søren Åse Jørgen Kirsten Bjørn Ingrid Øystein Astrid Håkon Sigrid Lars Freja Mikkel Ida Åke
        Märta Göran Linnéa Väinö Aino Jukka Päivi Þórdís Guðrún Æsa Sigurður Ragnheiður
        """,
        """
        Jensen Nielsen Hansen Sørensen Jørgensen Ødegård Østergaard Kjær Bjørnson Åkesson Sjöberg
        Lindström Bergström Håkansson Nyström Öberg Virtanen Korhonen Mäkinen Hämäläinen Ægisson
        Þórsson Guðmundsdóttir Aaberg Kierkegaard
        """,
    ),
    _names(
        6,
        """
        Ayşe Mehmet Fatma Mustafa Zeynep Işıl İbrahim Çağla Oğuz Gülşen Şebnem Ümit Özgür Ebru Barış
        Yağmur Tuğba Emre Deniz Sıla
        """,
        """
        Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan
        Çetin Kara Koç Kurt Özkan Şimşek Işık Gündoğdu
        """,
    ),
    _names(
        4,
        """
        Анна Иван Мария Дмитрий Екатерина Сергей Ольга Алексей Наталья Михаил Татьяна Фёдор Алёна
        Юлия Олександр Оксана Їжакевич Георги
        """,
        """
        Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов
        Волков Шевченко Ковальчук Бондаренко Щербаков Киселёв Соловьёв
        """,
        made=False,
    ),
    _names(
        2,
        """
        Γιώργος Μαρία Νίκος Ελένη Δημήτρης Κατερίνα Γιάννης Βασιλική Κώστας Αγγελική
        """,
        """
        Παπαδόπουλος Παπαδοπούλου Οικονόμου Βασιλείου Γεωργίου Νικολάου Αθανασίου Ιωάννου Μακρής
        """,
        made=False,
    ),
    _names(
        4,
        """
        محمد فاطمة أحمد عائشة علي مريم خالد زينب يوسف ليلى إبراهيم نور عمر هدى آمنة مصطفى
        """,
        """
        الحسن العلي المصري الخطيب السيد حداد النجار القاسم الأحمد بن_سالم عبد_الله الشامي
        """,
        made=False,
    ),
    _names(
        3,
        """
        伟 芳 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 小明 建国 思远 雨桐 子轩 梓涵
        """,
        """
        王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 欧阳 司马
        """,
        joined=True,
        made=False,
    ),
    _names(
        2,
        """
        太郎 花子 健太 さくら 翔 美咲 大輔 陽菜 拓也 葵 直樹 結衣 ケンジ まゆみ
        """,
        """
        佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 長谷川 森
        """,
        joined=True,
        made=False,
    ),
    _names(
        2,
        """
        민준 서연 도윤 서윤 예준 지우 시우 하은 지호 수아 민수 영희
        """,
        """
        김 이 박 최 정 강 조 윤 장 임 한 남궁
        """,
        joined=True,
        made=False,
    ),
    _names(
        1,
        """
        Nguyệt Tuấn Hương Dũng Thảo Đức Mai Quỳnh Phương Long Hà Vy
        """,
        """
        Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ
        """,
        made=False,
    ),
)

ONSETS = _words("b br d dr f fl g gr h j k kl kr l m n p pr r s sch st t tr v w z")
VOWELS = _words("a e i o u ä ö ü ei au")
CODAS = _words("l n r s t m k ck ll nn tt rg nd st")
ENDINGS = _words("er mann son ski ez ini ov berg feld stein")

COMPANY_NAMES = _words(
    """
    Nordlicht Aurora Brückner Atlas Kestrel Delta Solaris Pfeiffer Quantum Meridian Fjord Lumière
    Azul Çınar Iskra Helvetia Orion Zephyr Maple Granit Vector Polaris Linden Ember Harbour Sakura
    Tundra Cobalt Juniper Monsun
    """
)
COMPANY_FIELDS = _words(
    """
    Software Logistics Consulting Medien Energie Foods Robotics Bank Design Pharma Optics Mobility
    Analytics Events Research Textil
    """
)
COMPANY_FORMS = _words("GmbH AG Ltd Inc. SA S.r.l. Sp._z_o.o. A.Ş. AB &_Co._KG")
