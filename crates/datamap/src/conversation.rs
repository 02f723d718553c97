//! What is said: conversations, messages, files, answers and what of it left the server.

use crate::{
    ATTACHMENT, COURSE, DEED, EVIDENCE, EVIDENCE_WORDS, Field as F, Link, OWNER, PLUMBING, SEARCH, TRACE, Table, WISH,
    WORDS,
};

pub(crate) const CONVERSATION: Table = Table {
    name: "conversation",
    rows: "conversations",
    says: "A conversation between a person and the desk.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the conversation"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("person", &OWNER, "With whom").to("person").link(Link::Person),
        F::new("state", &COURSE, "Open or closed"),
        F::new("lane", &COURSE, "Answered by the assistant, waiting for a person, or with a person"),
        F::new("epoch", &PLUMBING, "Counts changes of the lane, so that a late answer is dropped"),
        F::new("assignee", &DEED, "Member of the staff in charge").to("member"),
        F::new("locale", &COURSE, "Language"),
        F::new("page_host", &COURSE, "Website on which it began: the host name only"),
        F::new("last_seq", &PLUMBING, "Number of the last message"),
        F::new("words_seq", &PLUMBING, "Number of the last message whose words can be searched"),
        F::new("last_activity_at", &COURSE, "Last activity"),
        F::new("waiting_since", &COURSE, "Waiting for a person since"),
        F::new("created_at", &COURSE, "Begun"),
        F::new("closed_at", &COURSE, "Closed"),
        F::new("ai_off_at", &WISH, "Without the assistant since"),
        F::new("ai_off_reasons", &WISH, "Why: opted out, under age, specially protected matters"),
        F::new("restricted_at", &WISH, "Restricted since (Art. 18)"),
        F::new("restricted_ground", &WISH, "Ground of the restriction"),
        F::new("lift_told_at", &WISH, "Told that the restriction ends"),
        F::new("deleted_at", &COURSE, "Deleted by the staff: unreadable since"),
    ],
};

pub(crate) const MESSAGE: Table = Table {
    name: "message",
    rows: "messages",
    says: "One message, note or event in a conversation.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the message"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("person", &OWNER, "In whose conversation").to("person").link(Link::Person),
        F::new("seq", &PLUMBING, "Place in the conversation"),
        F::new("kind", &COURSE, "From the visitor, the assistant, the staff, or a note of the staff"),
        F::new("author", &DEED, "Member of the staff who wrote it").to("member"),
        F::new("body_sealed", &WORDS, "The words"),
        F::new("client_id", &PLUMBING, "Number from the sender's program, so that a repeat is not a second message"),
        F::new("created_at", &COURSE, "When"),
    ],
};

pub(crate) const CONVERSATION_WORD: Table = Table {
    name: "conversation_word",
    rows: "search entries",
    says: "Keyed fingerprints of the words of a conversation, for search. The words cannot be read from them.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("person", &OWNER, "Whose conversation").to("person").link(Link::Person),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("word_index", &SEARCH, "Keyed fingerprint of a word"),
    ],
};

pub(crate) const FILE: Table = Table {
    name: "file",
    rows: "files",
    says: "A file sent in a conversation, without its hidden details.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the file"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("person", &OWNER, "In whose conversation").to("person").link(Link::Person),
        F::new("message", &PLUMBING, "With which message").to("message"),
        F::new("name_sealed", &WORDS, "Name of the file"),
        F::new("mime", &COURSE, "Kind of file"),
        F::new("bytes", &COURSE, "Size"),
        F::new("content_sealed", &ATTACHMENT, "The file"),
        F::new("created_at", &COURSE, "When"),
    ],
};

pub(crate) const ANSWER: Table = Table {
    name: "answer",
    rows: "records of how an answer came about",
    says: "How one automatic answer came about: question, passages, checks.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the answer"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("person", &OWNER, "In whose conversation").to("person").link(Link::Person),
        F::new("message", &PLUMBING, "The message it became").to("message"),
        F::new("outcome", &TRACE, "Answered, abstained or failed"),
        F::new("trace_sealed", &TRACE, "Question, queries, passages considered, checks"),
        F::new("took_ms", &TRACE, "How long it took"),
        F::new("created_at", &COURSE, "When"),
    ],
};

pub(crate) const DISCLOSURE: Table = Table {
    name: "disclosure",
    rows: "records of what left this server",
    says: "One transfer of masked words to a recipient outside, with exactly what was sent.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the record"),
        F::new("organisation", &PLUMBING, "Whose desk").to("organisation"),
        F::new("conversation", &PLUMBING, "In which conversation").to("conversation"),
        F::new("person", &OWNER, "In whose conversation").to("person").link(Link::Person),
        F::new("answer", &PLUMBING, "For which answer").to("answer"),
        F::new("recipient", &EVIDENCE, "To whom"),
        F::new("purpose", &EVIDENCE, "What for"),
        F::new("categories_sent", &EVIDENCE, "Kinds of details that were in it"),
        F::new("categories_withheld", &EVIDENCE, "Kinds of details that were masked"),
        F::new("content_hash", &EVIDENCE, "Fingerprint of what was sent"),
        F::new("content_sealed", &EVIDENCE_WORDS, "What was sent, word for word; emptied at its end"),
        F::new("bytes", &EVIDENCE, "Size"),
        F::new("created_at", &COURSE, "When"),
        F::new("expires_at", &COURSE, "When the words are emptied; the record stays with the conversation"),
    ],
};
