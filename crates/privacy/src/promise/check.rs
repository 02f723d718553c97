//! The closed list of checks: what each looks at and what its figure counts, in words for everybody.

use datamap::Plain;

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $figure:expr, $looks:expr;)*) => {
        /// One thing that can be looked at on the live system.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Check { $($(#[$doc])* $name),* }

        impl Check {
            /// Every check.
            pub const ALL: &[Check] = &[$(Check::$name),*];

            /// Its stable name in the history.
            pub const fn word(self) -> &'static str {
                match self { $(Check::$name => $word),* }
            }

            /// What its figure counts, with the unit.
            pub const fn counts(self) -> Plain {
                match self { $(Check::$name => $figure),* }
            }

            /// What is looked at.
            pub const fn looks(self) -> Plain {
                match self { $(Check::$name => $looks),* }
            }
        }
    };
}

const fn plain(en: &'static str, de: &'static str, ar: &'static str) -> Plain {
    Plain { en, de, ar }
}

checks! {
    /// Cells of sealed columns have the shape of an envelope.
    SealedCells = "sealed-cells",
        plain("cells without a seal", "Felder ohne Siegel", "خلايا بلا ختم"),
        plain("The newest values of every sealed column: each must be an AES-256 envelope.", "Die neuesten Werte jeder versiegelten Spalte: Jeder muss ein AES-256-Umschlag sein.", "أحدث قيم كل عمود مختوم: يجب أن تكون كل منها مغلّفة بتشفير AES-256.");
    /// Cells of sealed columns open with their owner's key, at their own place.
    OwnKeys = "own-keys",
        plain("values that do not open with their owner's key", "Werte, die sich nicht mit dem Schlüssel ihres Eigentümers öffnen", "قيم لا تُفتح بمفتاح صاحبها"),
        plain("A sample of sealed values: each must open with the key of the one person it belongs to, and in no other place.", "Eine Stichprobe versiegelter Werte: Jeder muss sich mit dem Schlüssel genau der Person öffnen, der er gehört, und an keiner anderen Stelle.", "عينة من القيم المختومة: يجب أن تُفتح كل منها بمفتاح صاحبها وحده وفي موضعها فقط.");
    /// The database files cannot be read without the key.
    FilesUnreadable = "files-unreadable",
        plain("readable database files", "lesbare Datenbankdateien", "ملفات قاعدة بيانات مقروءة"),
        plain("The first bytes of the database files, and a search in them for words that are known to be inside.", "Die ersten Bytes der Datenbankdateien und eine Suche darin nach Wörtern, die bekanntlich darin stehen.", "البايتات الأولى لملفات قاعدة البيانات وبحث فيها عن كلمات معروف أنها بداخلها.");
    /// Key file and key folder are closed to others and apart from the data.
    KeysGuarded = "keys-guarded",
        plain("faults in mode or place of the keys", "Fehler bei Rechten oder Ort der Schlüssel", "أخطاء في صلاحيات المفاتيح أو مكانها"),
        plain("The permission bits of key files and folders, and that none lies inside the data folder.", "Die Zugriffsrechte von Schlüsseldateien und Ordnern und dass keine im Datenordner liegt.", "صلاحيات ملفات المفاتيح ومجلداتها وأن أيًا منها ليس داخل مجلد البيانات.");
    /// Tokens are stored as hashes.
    SecretsHashed = "secrets-hashed",
        plain("tokens or passwords that are not hashes", "Token oder Passwörter, die kein Hash sind", "رموز أو كلمات مرور غير مجزأة"),
        plain("Every stored token and password of staff and programs: only fingerprints of the right kind may be there.", "Jedes gespeicherte Token und Passwort von Personal und Programmen: Nur Fingerabdrücke der richtigen Art dürfen da sein.", "كل رمز أو كلمة مرور مخزنة للموظفين والبرامج: يجب ألا يوجد سوى بصماتها.");
    /// A question without its organisation is refused.
    FenceStands = "fence-stands",
        plain("questions that passed the fence", "Fragen, die den Zaun passierten", "استعلامات تجاوزت السياج"),
        plain("Questions to the database that name no organisation, or another one: each must be refused or find nothing.", "Fragen an die Datenbank, die keine oder eine andere Organisation nennen: Jede muss abgelehnt werden oder nichts finden.", "استعلامات لا تذكر المؤسسة أو تذكر غيرها: يجب رفضها جميعًا.");
    /// No row belongs to somebody of another organisation.
    RowsAtHome = "rows-at-home",
        plain("rows whose person is of another organisation", "Zeilen, deren Person zu einer anderen Organisation gehört", "صفوف يعود صاحبها إلى مؤسسة أخرى"),
        plain("Every row about a person, compared with the people of the same organisation.", "Jede Zeile über eine Person, verglichen mit den Personen derselben Organisation.", "كل صف عن شخص مقارنةً بأشخاص المؤسسة نفسها.");
    /// No column stores what we promise not to store.
    UnwantedColumns = "unwanted-columns",
        plain("columns for IP, place, device, card or birth", "Spalten für IP, Ort, Gerät, Karte oder Geburt", "أعمدة لعنوان IP أو المكان أو الجهاز أو البطاقة أو الميلاد"),
        plain("The names of all columns of the live database.", "Die Namen aller Spalten der laufenden Datenbank.", "أسماء كل أعمدة قاعدة البيانات العاملة.");
    /// No unsealed text looks like an e-mail address.
    ClearAddresses = "clear-addresses",
        plain("cells with a readable e-mail address", "Felder mit lesbarer E-Mail-Adresse", "خلايا فيها عنوان بريد مقروء"),
        plain("Every unsealed text about visitors and in the books of the house, searched for the sign of an address.", "Jeder unversiegelte Text über Besucher und in den Büchern des Hauses, durchsucht nach dem Zeichen einer Adresse.", "كل نص غير مختوم عن الزوار وفي سجلات النظام، بحثًا عن علامة عنوان بريد.");
    /// No place holds more of an address than a host name.
    HostsOnly = "hosts-only",
        plain("entries with more than a host name", "Einträge mit mehr als einem Rechnernamen", "قيود فيها أكثر من اسم الموقع"),
        plain("Where the website of a conversation is noted: only the host name may be there, never the page.", "Wo die Website eines Gesprächs vermerkt ist: Nur der Rechnername darf da stehen, nie die Seite.", "حيث يُسجّل موقع المحادثة: يجب ألا يوجد سوى اسم الموقع دون الصفحة.");
    /// Nobody is kept longer than the period.
    Overdue = "overdue",
        plain("people kept a day too long", "Personen, die einen Tag zu lang behalten wurden", "أشخاص حُفظت بياناتهم يومًا زائدًا"),
        plain("Everybody's last activity, compared with the retention period.", "Die letzte Aktivität aller, verglichen mit der Aufbewahrungsfrist.", "آخر نشاط للجميع مقارنةً بمدة الحفظ.");
    /// Nothing of any class outlives its period.
    ClassesOnTime = "classes-on-time",
        plain("rows past the period of their class", "Zeilen über die Frist ihrer Art hinaus", "صفوف تجاوزت مدة صنفها"),
        plain("The oldest record of every class of data, compared with the period of the class.", "Der älteste Eintrag jeder Datenart, verglichen mit ihrer Frist.", "أقدم سجل من كل صنف بيانات مقارنةً بمدته.");
    /// Planted people vanish on their day.
    PlantedGone = "planted-gone",
        plain("planted people who outlived their period", "ausgelegte Personen, die ihre Frist überlebten", "أشخاص مزروعون تجاوزوا مدتهم"),
        plain("Invented people are planted among the real ones; each must vanish by itself on its day.", "Erfundene Personen werden unter die echten gelegt; jede muss an ihrem Tag von selbst verschwinden.", "يُزرع أشخاص مخترعون بين الحقيقيين؛ ويجب أن يختفي كل منهم في يومه.");
    /// The audit chain is whole.
    ChainSound = "chain-sound",
        plain("breaks in the chain of the audit log", "Brüche in der Kette des Protokolls", "انقطاعات في سلسلة سجل التدقيق"),
        plain("The whole audit log is walked: every hash, every number and every signed mark.", "Das ganze Protokoll wird abgeschritten: jeder Hash, jede Nummer und jede signierte Marke.", "يُفحص سجل التدقيق كله: كل بصمة ورقم وعلامة موقّعة.");
    /// A tried-out backup is not older than it may be.
    BackupFresh = "backup-fresh",
        plain("hours since the last backup that was tried out", "Stunden seit der letzten erprobten Sicherung", "ساعات منذ آخر نسخة احتياطية مجرّبة"),
        plain("The newest backup that was restored into a scratch store and compared row by row.", "Die neueste Sicherung, die in einen Probespeicher zurückgespielt und Zeile für Zeile verglichen wurde.", "أحدث نسخة احتياطية استُعيدت إلى مخزن تجريبي وقورنت صفًا صفًا.");
    /// The job of retention is alive.
    RetentionAlive = "retention-alive",
        plain("minutes the retention run is late", "Minuten, die der Aufbewahrungslauf verspätet ist", "دقائق تأخر عملية الحذف الدوري"),
        plain("The job that erases what is over: that it exists, runs, and was not given up.", "Die Aufgabe, die Abgelaufenes löscht: dass es sie gibt, dass sie läuft und nicht aufgegeben wurde.", "المهمة التي تمحو ما انتهت مدته: أنها موجودة وتعمل ولم تتوقف.");
    /// Rows that end by themselves have ended.
    Expired = "expired",
        plain("rows a day past their own end", "Zeilen, die einen Tag über ihr Ende hinaus sind", "صفوف تجاوزت نهايتها بيوم"),
        plain("Every row with an end of its own: sessions, invitations, the text of records of what was passed on.", "Jede Zeile mit eigenem Ende: Sitzungen, Einladungen, der Wortlaut weitergegebener Texte.", "كل صف له نهاية محددة: الجلسات والدعوات ونصوص ما نُقل.");
    /// Nobody who was erased is back.
    StayErased = "stay-erased",
        plain("erased people who are back", "gelöschte Personen, die zurück sind", "أشخاص مُحيت بياناتهم ثم عادت"),
        plain("Everybody in the database, compared with the ledger of erasures.", "Alle in der Datenbank, verglichen mit dem Buch der Löschungen.", "كل من في قاعدة البيانات مقارنةً بسجل المحو.");
    /// Erasures are done within a day.
    ErasedInTime = "erased-in-time",
        plain("hours the oldest open erasure waits", "Stunden, die die älteste offene Löschung wartet", "ساعات انتظار أقدم محو مفتوح"),
        plain("Every erasure that was asked for and is not done.", "Jede verlangte Löschung, die nicht erledigt ist.", "كل محو طُلب ولم يكتمل.");
    /// Receipts verify and their sweep found nothing.
    ReceiptsGenuine = "receipts-genuine",
        plain("receipts that are not genuine or not clean", "Quittungen, die nicht echt oder nicht sauber sind", "إيصالات غير صحيحة أو غير نظيفة"),
        plain("The newest receipts of erasures: each signature, and what the search after the erasure found.", "Die neuesten Löschquittungen: jede Unterschrift und was die Suche nach der Löschung fand.", "أحدث إيصالات المحو: توقيع كل منها وما وجده البحث بعد المحو.");
    /// No key is left of somebody who is gone.
    KeysDestroyed = "keys-destroyed",
        plain("keys of people who are gone", "Schlüssel von Personen, die gelöscht sind", "مفاتيح أشخاص مُحيت بياناتهم"),
        plain("Every person's key, compared with the people in the database.", "Jeder Schlüssel einer Person, verglichen mit den Personen in der Datenbank.", "كل مفتاح شخصي مقارنةً بالأشخاص في قاعدة البيانات.");
    /// A sample export holds every row.
    ExportWhole = "export-whole",
        plain("rows missing in a sample export", "Zeilen, die in einem Probeexport fehlen", "صفوف ناقصة في تصدير تجريبي"),
        plain("The export of the newest person is made and counted against the database; nobody reads it.", "Der Export der neuesten Person wird erstellt und gegen die Datenbank gezählt; niemand liest ihn.", "يُنشأ تصدير لأحدث شخص ويُقارن عدّه بقاعدة البيانات دون أن يقرأه أحد.");
    /// Decisions and wordings are as they were.
    ConsentsWhole = "consents-whole",
        plain("decisions or wordings that were changed", "veränderte Entscheidungen oder Wortlaute", "قرارات أو نصوص تغيّرت"),
        plain("Every decision about a consent with the fingerprint of the words that were shown, and every wording with its own.", "Jede Entscheidung über eine Einwilligung mit dem Fingerabdruck des gezeigten Wortlauts, und jeder Wortlaut mit dem seinen.", "كل قرار بشأن موافقة ببصمة النص المعروض، وكل نص ببصمته.");
    /// What rested on a withdrawn consent is gone.
    WithdrawnGone = "withdrawn-gone",
        plain("answers whose consent does not stand", "Antworten ohne gültige Einwilligung", "إجابات لا تستند إلى موافقة قائمة"),
        plain("Every answer that rests on a consent, and the last decision about it; a legal hold may keep one unread.", "Jede Antwort, die auf einer Einwilligung beruht, und die letzte Entscheidung darüber; nur eine rechtliche Sperre darf eine ungelesen behalten.", "كل إجابة تستند إلى موافقة وآخر قرار بشأنها؛ ولا يُبقيها غير مقروءة إلا حجز قانوني.");
    /// A withdrawal by a request was carried out.
    WithdrawalsHeard = "withdrawals-heard",
        plain("consents that were to be taken back and stand", "Einwilligungen, die zurückgenommen werden sollten und noch gelten", "موافقات طُلب سحبها وما زالت قائمة"),
        plain("Every withdrawal that somebody asked for by a request, and the consents she gave before it.", "Jeder Widerruf, den jemand mit einer Anfrage verlangt hat, und die Einwilligungen, die vorher gegeben wurden.", "كل سحب طُلب برسالة، والموافقات التي مُنحت قبله.");
    /// Requests are answered and acknowledged in time.
    RequestsInTime = "requests-in-time",
        plain("open requests past a legal day", "offene Anfragen nach einer gesetzlichen Frist", "طلبات مفتوحة تجاوزت موعدًا قانونيًا"),
        plain("Every open request of somebody who proved who she is: the days on which her law wants an acknowledgement and an answer.", "Jede offene Anfrage, deren Absender sich ausgewiesen hat: die Tage, an denen sein Gesetz eine Bestätigung und eine Antwort verlangt.", "كل طلب مفتوح لمن أثبت هويته: الموعدان اللذان يوجب فيهما قانونه الإقرار والرد.");
    /// A refusal names its ground.
    RefusalsGrounded = "refusals-grounded",
        plain("refusals without ground or letter", "Ablehnungen ohne Grund oder Schreiben", "حالات رفض بلا سبب أو بلا رسالة"),
        plain("Every refused request: whether its ground is one that the law knows, and whether she was told.", "Jede abgelehnte Anfrage: ob ihr Grund einer ist, den das Gesetz kennt, und ob er mitgeteilt wurde.", "كل طلب مرفوض: هل سببه مما يقره القانون وهل أُبلغ به صاحبه.");
    /// A person stands behind every decision.
    DecidedByPeople = "decided-by-people",
        plain("decisions without a person's name", "Entscheidungen ohne den Namen eines Menschen", "قرارات بلا اسم شخص"),
        plain("Every refusal, every decision on an objection or complaint and every review of an answer: who of the staff stands behind it.", "Jede Ablehnung, jede Entscheidung über Widerspruch oder Beschwerde und jede Überprüfung einer Antwort: wer vom Personal dahintersteht.", "كل رفض وكل قرار في اعتراض أو شكوى وكل مراجعة لإجابة: من الموظف المسؤول عنه.");
    /// What is corrected is found by its new value.
    AddressesFit = "addresses-fit",
        plain("people found by an address they do not have", "Personen, die unter einer falschen Adresse gefunden werden", "أشخاص يُعثر عليهم بعنوان ليس لهم"),
        plain("The newest people with an e-mail address: the sealed address, compared with the fingerprint by which they are found.", "Die neuesten Personen mit E-Mail-Adresse: die versiegelte Adresse, verglichen mit dem Fingerabdruck, unter dem sie gefunden werden.", "أحدث الأشخاص ذوي عنوان بريد: العنوان المختوم مقارنةً بالبصمة التي يُعثر عليهم بها.");
    /// The choices can be changed in the chat.
    ChoicesAtHand = "choices-at-hand",
        plain("doors for choices that do not answer", "Türen für Einstellungen, die nicht antworten", "أبواب خيارات لا تستجيب"),
        plain("The addresses in the chat by which a visitor sees what she agreed to, changes it, and refuses the assistant.", "Die Adressen im Chat, über die Besucher sehen, worin sie eingewilligt haben, es ändern und den Assistenten ablehnen.", "العناوين التي يرى بها الزائر ما وافق عليه ويغيّره ويرفض المساعد.");
    /// An export of the organisation takes everything along.
    LeavingWhole = "leaving-whole",
        plain("rows that an export would leave behind", "Zeilen, die ein Export zurückließe", "صفوف يتركها التصدير"),
        plain("The first rows of every table are handed over for trial, and every table of the database is searched for what would stay behind.", "Die ersten Zeilen jeder Tabelle werden probeweise herausgegeben, und jede Tabelle der Datenbank wird nach Zurückgelassenem durchsucht.", "تُسلَّم أوائل صفوف كل جدول للتجربة، ويُبحث في كل جداول قاعدة البيانات عما قد يبقى.");
    /// Nothing is left of organisations that ended.
    DepartedGone = "departed-gone",
        plain("rows of organisations that left", "Zeilen von Organisationen, die gegangen sind", "صفوف لمؤسسات غادرت"),
        plain("Every table, searched for rows of the organisations that ended here, and their certificates.", "Jede Tabelle, durchsucht nach Zeilen der Organisationen, die hier endeten, und deren Bescheinigungen.", "كل جدول بحثًا عن صفوف المؤسسات التي انتهت هنا، وشهاداتها.");
    /// A lost store can be back within a day.
    RestoreTimed = "restore-timed",
        plain("minutes to make and restore the newest backup", "Minuten, um die neueste Sicherung zu erstellen und zurückzuspielen", "دقائق إنشاء أحدث نسخة احتياطية واستعادتها"),
        plain("How long the newest backup took from its beginning until it was restored for trial and compared.", "Wie lange die neueste Sicherung von ihrem Beginn bis zum Ende der Rückspielprobe brauchte.", "المدة من بدء أحدث نسخة احتياطية حتى استعادتها تجريبيًا ومقارنتها.");
    /// What a lost disk would cost is bounded.
    LossBounded = "loss-bounded",
        plain("hours of writing that a lost disk would cost", "Stunden, die eine verlorene Platte kosten würde", "ساعات من البيانات قد تضيع بفقد القرص"),
        plain("Of which moment the newest backup is that was tried out.", "Von welchem Zeitpunkt die neueste erprobte Sicherung ist.", "الوقت الذي تعود إليه أحدث نسخة احتياطية مجرّبة.");
    /// Transfers in the last thirty days.
    NothingLeft = "nothing-left",
        plain("transfers in the last 30 days", "Weitergaben in den letzten 30 Tagen", "عمليات نقل في آخر 30 يومًا"),
        plain("The record of everything that left this server.", "Das Verzeichnis von allem, was diesen Server verließ.", "سجل كل ما غادر هذا الخادم.");
    /// Recipients in the records are the configured ones.
    RecipientsNamed = "recipients-named",
        plain("recipients nobody named", "Empfänger, die niemand genannt hat", "متلقون لم يُذكروا"),
        plain("Every recipient in the record of what left this server, compared with the published ones.", "Jeder Empfänger im Verzeichnis der Weitergaben, verglichen mit den veröffentlichten.", "كل متلقٍ في سجل ما غادر الخادم مقارنةً بالمعلن عنهم.");
    /// What the record says was sent is what was sent.
    DisclosuresExact = "disclosures-exact",
        plain("records that do not fit their fingerprint", "Einträge, die nicht zu ihrem Fingerabdruck passen", "سجلات لا تطابق بصمتها"),
        plain("A sample of what was sent, opened and compared with the fingerprint noted before it left.", "Eine Stichprobe des Gesendeten, geöffnet und mit dem vor dem Senden notierten Fingerabdruck verglichen.", "عينة مما أُرسل تُفتح وتُقارن بالبصمة المسجلة قبل الإرسال.");
    /// Every recipient has country, mechanism and contract.
    RecipientsContracted = "recipients-contracted",
        plain("recipients without contract or lawful transfer", "Empfänger ohne Vertrag oder rechtmäßige Übermittlung", "متلقون بلا عقد أو أساس قانوني للنقل"),
        plain("Name, country, transfer mechanism and contract of every configured recipient.", "Name, Land, Übermittlungsgrundlage und Vertrag jedes eingerichteten Empfängers.", "اسم كل متلقٍ وبلده وأساس النقل والعقد.");
    /// Connections outward are encrypted.
    OutwardEncrypted = "outward-encrypted",
        plain("recipients reached without encryption", "Empfänger ohne verschlüsselte Verbindung", "متلقون دون اتصال مشفّر"),
        plain("The address of every configured recipient: https, or this machine itself.", "Die Adresse jedes eingerichteten Empfängers: https oder diese Maschine selbst.", "عنوان كل متلقٍ: https أو هذا الجهاز نفسه.");
    /// Planted personal words do not pass the masker.
    MaskerStands = "masker-stands",
        plain("planted details that passed the masker", "ausgelegte Angaben, die die Maskierung passierten", "بيانات مزروعة تجاوزت الإخفاء"),
        plain("Invented addresses, telephone, card and account numbers are given to the masker now: none may come out.", "Erfundene Adressen, Telefon-, Karten- und Kontonummern werden jetzt maskiert: Keine darf herauskommen.", "تُعطى عناوين وأرقام هواتف وبطاقات وحسابات مخترعة للإخفاء الآن: يجب ألا يخرج أي منها.");
    /// No purpose on the map is one we exclude.
    PurposesClean = "purposes-clean",
        plain("fields for training, advertising or sale", "Felder für Training, Werbung oder Verkauf", "حقول للتدريب أو الإعلان أو البيع"),
        plain("The purpose of every stored field.", "Der Zweck jedes gespeicherten Feldes.", "غرض كل حقل مخزّن.");
    /// Every field about somebody has a ground and a purpose, and every column is on the map.
    MapWhole = "map-whole",
        plain("columns not on the public map", "Spalten, die nicht auf der öffentlichen Karte stehen", "أعمدة غير مدرجة في الخريطة العلنية"),
        plain("Every column of the live database, compared with the published record of processing.", "Jede Spalte der laufenden Datenbank, verglichen mit dem veröffentlichten Verzeichnis.", "كل عمود في قاعدة البيانات مقارنةً بسجل المعالجة المنشور.");
    /// Every field about somebody says why it may be kept.
    GroundsNamed = "grounds-named",
        plain("fields about people without purpose or ground", "Felder über Personen ohne Zweck oder Grundlage", "حقول عن أشخاص بلا غرض أو أساس"),
        plain("Purpose and legal ground of every field about a person.", "Zweck und Rechtsgrundlage jedes Feldes über eine Person.", "غرض كل حقل عن شخص وأساسه القانوني.");
    /// Nothing counts visitors.
    NoAnalytics = "no-analytics",
        plain("places where visitors are counted", "Stellen, an denen Besucher gezählt werden", "مواضع لعدّ الزوار"),
        plain("The tables of the live database and everything a browser keeps: nothing may be there for analytics.", "Die Tabellen der laufenden Datenbank und alles, was ein Browser behält: Nichts davon darf der Analyse dienen.", "جداول قاعدة البيانات وكل ما يحفظه المتصفح: يجب ألا يخدم شيء منها التحليلات.");
    /// Automatic answers are labelled.
    AnswersLabelled = "answers-labelled",
        plain("automatic answers without their label", "automatische Antworten ohne Kennzeichnung", "إجابات آلية بلا وسم"),
        plain("Every automatic answer in the database, and the label in the chat window that is served.", "Jede automatische Antwort in der Datenbank und die Kennzeichnung im ausgelieferten Chatfenster.", "كل إجابة آلية في قاعدة البيانات والوسم في نافذة الدردشة المقدَّمة.");
    /// The chat says that the assistant can be wrong.
    WarnedWrong = "warned-wrong",
        plain("languages without the warning", "Sprachen ohne den Hinweis", "لغات بلا تنبيه"),
        plain("The chat window that is served: in every language it must say before the first message that the assistant can be wrong.", "Das ausgelieferte Chatfenster: In jeder Sprache muss es vor der ersten Nachricht sagen, dass der Assistent sich irren kann.", "نافذة الدردشة المقدَّمة: يجب أن تقول بكل لغة قبل الرسالة الأولى إن المساعد قد يخطئ.");
    /// Answers lead to their sources.
    AnswersSourced = "answers-sourced",
        plain("answers without a source that is there", "Antworten ohne vorhandene Quelle", "إجابات بلا مصدر موجود"),
        plain("The newest automatic answers: each must name a frozen page that is there, with the day on which it was read.", "Die neuesten automatischen Antworten: Jede muss eine festgehaltene Seite nennen, die vorhanden ist, mit dem Tag, an dem sie gelesen wurde.", "أحدث الإجابات الآلية: يجب أن تذكر كل منها صفحة محفوظة موجودة ويوم قراءتها.");
    /// Nothing was told or sent behind a mark that keeps the assistant away.
    LaneKept = "lane-kept",
        plain("answers and transfers in spite of a mark", "Antworten und Weitergaben trotz Sperre", "إجابات وعمليات نقل رغم المنع"),
        plain("Every conversation that is kept from the assistant: no automatic answer and no transfer to a model may be later than the mark.", "Jedes Gespräch, das dem Assistenten entzogen ist: Keine automatische Antwort und keine Weitergabe an ein Modell darf jünger sein als die Sperre.", "كل محادثة حُجبت عن المساعد: يجب ألا تأتي بعد المنع إجابة آلية ولا نقل إلى نموذج.");
    /// A person who took over has the word.
    HandsKept = "hands-kept",
        plain("conversations in which the assistant spoke after a person took over", "Gespräche, in denen der Assistent nach der Übernahme sprach", "محادثات تكلم فيها المساعد بعد أن تولاها شخص"),
        plain("Every conversation in a person's hands: when it was taken over, and the last automatic answer in it.", "Jedes Gespräch in den Händen eines Menschen: wann er es übernahm und die letzte automatische Antwort darin.", "كل محادثة يتولاها شخص: متى تولاها وآخر إجابة آلية فيها.");
    /// Reviews are done in time.
    ReviewsInTime = "reviews-in-time",
        plain("answers that wait too long for a person", "Antworten, die zu lange auf einen Menschen warten", "إجابات تنتظر شخصًا أطول مما ينبغي"),
        plain("Every automatic answer that somebody wanted checked and nobody has checked yet, with its clock.", "Jede automatische Antwort, deren Überprüfung verlangt wurde und noch aussteht, mit ihrer Frist.", "كل إجابة آلية طُلب فحصها ولم تُفحص بعد مع مهلتها.");
    /// Nobody under age is bound by a consent.
    MinorsKept = "minors-kept",
        plain("people under age with a consent that stands", "Minderjährige mit geltender Einwilligung", "قاصرون لهم موافقة قائمة"),
        plain("Everybody who is marked as under age, and her last decision about every consent.", "Alle, die als zu jung vermerkt sind, und ihre letzte Entscheidung über jede Einwilligung.", "كل من سُجّل أنه دون السن وآخر قرار له بشأن كل موافقة.");
    /// Learned pages are free of those who are gone.
    LearnedFree = "learned-free",
        plain("learned pages with words of somebody who is gone", "gelernte Seiten mit Worten von jemandem, der gelöscht ist", "صفحات متعلَّمة فيها كلام شخص مُحيت بياناته"),
        plain("Every page that was learned from a conversation: whether it repeats a question of somebody who is not here any more.", "Jede Seite, die aus einem Gespräch gelernt wurde: ob sie die Frage von jemandem wiederholt, der nicht mehr da ist.", "كل صفحة استُخلصت من محادثة: هل تكرر سؤال شخص لم يعد موجودًا.");
    /// Visitors' addresses set no cookie.
    NoCookies = "no-cookies",
        plain("cookies set for visitors", "für Besucher gesetzte Cookies", "ملفات ارتباط للزوار"),
        plain("Every address a visitor's browser asks is asked now.", "Jede Adresse, die ein Besucherbrowser abruft, wird jetzt abgerufen.", "يُطلب الآن كل عنوان يطلبه متصفح الزائر.");
    /// What the widget keeps is what the list says.
    BrowserListed = "browser-listed",
        plain("storage keys that are not on the list", "Speicherschlüssel, die nicht auf der Liste stehen", "مفاتيح تخزين غير مدرجة"),
        plain("The served chat window is read for everything it can keep in a browser, and compared with the published list.", "Das ausgelieferte Chatfenster wird nach allem durchsucht, was es im Browser ablegen kann, und mit der Liste verglichen.", "تُقرأ نافذة الدردشة المقدَّمة بحثًا عن كل ما قد تحفظه وتُقارن بالقائمة المنشورة.");
    /// A browser's objection is heard and said to be.
    SignalHeard = "signal-heard",
        plain("pages that do not hear the signal", "Seiten, die das Signal nicht beachten", "صفحات لا تسمع الإشارة"),
        plain("Notice and trust page are fetched with the signals Sec-GPC and DNT and without, and the statement for machines is read.", "Hinweis und Nachweisseite werden mit den Signalen Sec-GPC und DNT und ohne abgerufen, und die Erklärung für Maschinen wird gelesen.", "يُطلب الإشعار وصفحة الثقة مع إشارتي Sec-GPC وDNT ودونهما، ويُقرأ البيان الآلي.");
    /// Nothing is loaded from elsewhere.
    OneOrigin = "one-origin",
        plain("foreign addresses a page may load from", "fremde Adressen, von denen eine Seite laden darf", "عناوين خارجية قد تُحمّل منها الصفحة"),
        plain("The rules of the chat window and of the public pages about what may be loaded from where.", "Die Regeln des Chatfensters und der öffentlichen Seiten, was von wo geladen werden darf.", "قواعد نافذة الدردشة والصفحات العامة لما يمكن تحميله ومن أين.");
    /// Personal answers are not cached.
    NotCached = "not-cached",
        plain("answers of the API that may be cached", "API-Antworten, die zwischengespeichert werden dürfen", "ردود يمكن تخزينها مؤقتًا"),
        plain("The cache rule of every address of the API that can hold something personal.", "Die Cache-Regel jeder API-Adresse, die Persönliches enthalten kann.", "قاعدة التخزين المؤقت لكل عنوان قد يحوي بيانات شخصية.");
    /// Strangers get nowhere.
    StrangersRefused = "strangers-refused",
        plain("addresses that let a stranger in", "Adressen, die Fremde einlassen", "عناوين تسمح لغريب بالدخول"),
        plain("Every protected address is tried now without credentials.", "Jede geschützte Adresse wird jetzt ohne Zugangsdaten versucht.", "يُجرَّب الآن كل عنوان محمي دون اعتماد.");
    /// Staff sessions end.
    SessionsShort = "sessions-short",
        plain("hours of the oldest staff sign-in", "Stunden der ältesten Anmeldung des Personals", "ساعات أقدم تسجيل دخول للموظفين"),
        plain("Every signed-in browser of the staff: fourteen days at most, and none of a locked account.", "Jeder angemeldete Browser des Personals: höchstens vierzehn Tage, keiner eines gesperrten Kontos.", "كل متصفح مسجّل لموظف: أربعة عشر يومًا كحد أقصى ولا جلسة لحساب مقفل.");
    /// Only what is needed is asked.
    AskedLittle = "asked-little",
        plain("details a visitor must give", "Angaben, die Besucher machen müssen", "بيانات يُلزم الزائر بذكرها"),
        plain("The published description of the API: what is required to begin a chat.", "Die veröffentlichte Beschreibung der API: was nötig ist, um einen Chat zu beginnen.", "الوصف المنشور للواجهة: ما يلزم لبدء دردشة.");
    /// The notice says what is.
    NoticeCurrent = "notice-current",
        plain("languages in which the notice differs from the settings", "Sprachen, in denen der Hinweis von den Einstellungen abweicht", "لغات يخالف فيها الإشعار الإعدادات"),
        plain("The privacy notice is fetched in every language and compared with settings and widget.", "Der Datenschutzhinweis wird in jeder Sprache abgerufen und mit Einstellungen und Widget verglichen.", "يُطلب إشعار الخصوصية بكل لغة ويُقارن بالإعدادات والأداة.");
    /// Rights work without staff.
    RightsAtHand = "rights-at-hand",
        plain("doors for rights that do not answer", "Türen für Rechte, die nicht antworten", "أبواب حقوق لا تستجيب"),
        plain("The addresses in the chat by which a visitor downloads and erases everything, and asks for a person.", "Die Adressen im Chat, über die Besucher alles herunterladen und löschen und einen Menschen verlangen.", "العناوين التي ينزّل بها الزائر كل شيء ويمحوه ويطلب شخصًا.");
    /// Staff deeds are in the audit log.
    DeedsNoted = "deeds-noted",
        plain("staff erasures without a line in the audit log", "Löschungen durch Personal ohne Protokollzeile", "عمليات محو من الموظفين بلا قيد في سجل التدقيق"),
        plain("Every erasure asked for by the staff, compared with the audit log.", "Jede vom Personal verlangte Löschung, verglichen mit dem Protokoll.", "كل محو طلبه موظف مقارنةً بسجل التدقيق.");
    /// The checks themselves ran.
    ChecksFresh = "checks-fresh",
        plain("hours since the run before", "Stunden seit dem vorigen Lauf", "ساعات منذ التشغيل السابق"),
        plain("When the checks ran before this time: they run every night.", "Wann die Prüfungen zuvor liefen: Sie laufen jede Nacht.", "متى جرت الفحوص قبل هذه المرة: تجري كل ليلة.");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_check_has_a_name_of_its_own_and_words_in_every_language() {
        let names: BTreeSet<_> = Check::ALL.iter().map(|check| check.word()).collect();
        assert_eq!(names.len(), Check::ALL.len());
        for check in Check::ALL {
            for plain in [check.counts(), check.looks()] {
                assert!(!plain.en.is_empty() && !plain.de.is_empty() && !plain.ar.is_empty(), "{}", check.word());
                assert!(
                    plain.en != plain.de && plain.ar.chars().any(|letter| ('\u{600}'..'\u{700}').contains(&letter))
                );
            }
        }
    }
}
