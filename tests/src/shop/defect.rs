//! A fault that can be planted, with what a tester should say about it.

use serde_json::Value;

use crate::server::raw::Flaw;

/// One fault of the shop, which shows at one operation.
#[derive(Clone, Copy, Debug)]
pub struct Defect {
    /// What it is called.
    pub name: &'static str,
    /// The `operationId` of the operation that is at fault.
    pub operation: &'static str,
    /// The code of the check that should notice; several, with `|` between them, where each would be right.
    pub code: &'static str,
    /// The part of the message, then the JSON Pointer inside of it; empty where several would be right.
    pub location: &'static str,
    /// The rule that is broken, or that refused input keeps; empty where several names would be right.
    pub rule: &'static str,
    pub(super) fault: Fault,
}

impl Defect {
    pub(super) const fn new(
        name: &'static str,
        operation: &'static str,
        code: &'static str,
        at: [&'static str; 2],
        fault: Fault,
    ) -> Self {
        Self {
            name,
            operation,
            code,
            location: at[0],
            rule: at[1],
            fault,
        }
    }

    /// All that can be planted.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        super::defects::ALL.iter().copied().flatten()
    }

    /// Whether it breaks HTTP itself, so that it shows over a socket only.
    pub const fn is_on_the_wire(&self) -> bool {
        matches!(self.fault, Fault::Wire(..))
    }

    /// Whether it shows only where there is a second user.
    pub const fn is_of_two_users(&self) -> bool {
        matches!(self.fault, Fault::Slip(Slip::Foreign))
    }

    /// Whether it shows only where another product can be made.
    pub const fn is_of_two_parents(&self) -> bool {
        matches!(self.fault, Fault::Slip(Slip::ForeignParent))
    }

    /// Whether it shows in a sequence of calls only, and not in one exchange.
    pub const fn is_of_state(&self) -> bool {
        match self.fault {
            Fault::Slip(slip) => slip.is_of_state(),
            Fault::Stores(_) => true,
            _ => false,
        }
    }
}

/// What is wrong. A status says which answers of the operation it shows in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// A rule of a place is not checked.
    Accepts(&'static str, &'static str),
    /// A value at the edge of a rule is refused.
    Rejects(&'static str, &'static str),
    /// A value at the edge of a rule ends in an error of the server.
    Fails(&'static str, &'static str),
    /// The JSON of an answer is changed.
    Json(u16, fn(&mut Value)),
    /// The bytes of an answer are changed.
    Bytes(u16, fn(&str) -> Vec<u8>),
    /// A header of an answer is replaced, or left out.
    Header(u16, &'static str, Option<&'static str>),
    /// The status is another.
    Status(u16, u16),
    /// HTTP itself is broken.
    Wire(u16, Flaw),
    /// What is created is stored with another value.
    Stores(fn(&mut Value)),
    /// The application does something wrong.
    Slip(Slip),
}

/// What the application can do wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// No credential is asked for.
    NoCredential,
    /// Any value will do as a credential.
    AnyCredential,
    /// Of two schemes that are asked for, the bearer token is enough.
    HalfCredential,
    /// Objects of another user are served.
    Foreign,
    /// A method that the document does not have is served.
    OtherMethod,
    /// A 405 has no `Allow`.
    NoAllow,
    /// What is created is not kept.
    CreateLost,
    /// Every object that is created gets the same id.
    SameId,
    /// The answer to a creation is not what was sent.
    EchoDiffers,
    /// `Location` leads to nothing.
    LocationNowhere,
    /// An update is answered as if it was done.
    UpdateLost,
    /// An update forgets one field.
    FieldLost,
    /// A patch resets what it does not name.
    PatchClears,
    /// A refused write is done all the same.
    RefusedApplies,
    /// A delete is answered as if it was done.
    DeleteKeeps,
    /// What is deleted can still be read.
    GoneServed,
    /// A delete takes a neighbour along.
    DeletesMore,
    /// The limit of a list is not looked at.
    LimitIgnored,
    /// The cursor leads to the same page.
    CursorRepeats,
    /// A page starts with the last item of the one before.
    PagesOverlap,
    /// A page leaves out the first item after the one before.
    PagesSkip,
    /// The order changes from call to call.
    Unstable,
    /// The filter is not looked at.
    FilterIgnored,
    /// The total is one too many.
    TotalWrong,
    /// `HEAD` gives another header than `GET`.
    HeadDiffers,
    /// What was created is missing in the list.
    NotListed,
    /// A replacement keeps what it does not name.
    PutMerges,
    /// A patch passes over null.
    NullKept,
    /// A precondition is not looked at.
    MatchIgnored,
    /// The entity tag never changes.
    TagStays,
    /// A conditional read never finds a change.
    NeverModified,
    /// A conditional read is always answered in full.
    AlwaysModified,
    /// The order of a list is not looked at.
    OrderIgnored,
    /// The highest price is not looked at.
    BoundIgnored,
    /// The tags that are asked for are not looked at.
    TagsIgnored,
    /// A client may say what only the server should.
    ReadOnlyTaken,
    /// Without a limit everything comes.
    DefaultIgnored,
    /// There is always a next page.
    Endless,
    /// After the end the list starts again.
    StartsAgain,
    /// What is not there is replaced with success.
    GhostPut,
    /// Another one is served than was asked for.
    OtherServed,
    /// The answer to an update shows what was there before.
    OldAnswer,
    /// The list shows what was created, whatever happened since.
    ListStale,
    /// An update says that it is the creation.
    CreatedMoves,
    /// An update changes a neighbour as well.
    UpdatesNeighbour,
    /// JSON that is nested deeply makes the server fail.
    DeepFails,
    /// A parameter that nobody knows makes the server fail.
    UnknownFails,
    /// A parameter that is there twice makes the server fail.
    TwiceFails,
    /// An empty token is a good one.
    EmptyToken,
    /// The method that is refused is said to be allowed.
    AllowLies,
    /// What is not there makes the server fail.
    MissingFails,
    /// The last byte of what was uploaded is lost.
    LastByteLost,
    /// An action does what another one is there for.
    OtherAction,
    /// A text with octets that are no characters makes the server fail.
    BytesFail,
    /// A number that 32 bits do not hold makes the server fail.
    OverflowFails,
    /// Every third call fails.
    SometimesFails,
    /// The total counts what the filter leaves out.
    TotalUnfiltered,
    /// The filter is not looked at behind the first page.
    FilterForgotten,
    /// Only what is on a page is sorted.
    PageSorted,
    /// What is deleted stays in the list.
    GoneListed,
    /// What belongs to another parent is served.
    ForeignParent,
    /// An action is answered as if it was done.
    ActionLost,
    /// A creation makes two.
    CreatesTwo,
    /// The link to the next page leads to the page itself.
    LinkStays,
    /// The link to the next page forgets what was asked for.
    LinkUnfiltered,
    /// What costs as much as is asked for at most is left out.
    BoundExclusive,
    /// Of several tags only the first is looked at.
    FirstTagOnly,
    /// A filter by a tag leaves out drafts.
    DraftsLost,
    /// Of several filters only the first is looked at.
    FirstFilterOnly,
    /// A precondition is never true.
    MatchRefused,
    /// An update passes over `false`.
    FalseIgnored,
    /// The time of the last change is that of the creation.
    UpdatedStays,
    /// What is made has another entity tag than it is read with.
    TagOfNothing,
}

impl Slip {
    const fn is_of_state(self) -> bool {
        !matches!(
            self,
            Self::NoCredential
                | Self::AnyCredential
                | Self::HalfCredential
                | Self::OtherMethod
                | Self::NoAllow
                | Self::DeepFails
                | Self::UnknownFails
                | Self::TwiceFails
                | Self::EmptyToken
                | Self::AllowLies
                | Self::MissingFails
                | Self::BytesFail
                | Self::OverflowFails
                | Self::SometimesFails
        )
    }
}

/// The defect of this server, as far as it concerns one operation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Planted(Option<Fault>);

impl Planted {
    pub(super) fn at(operation: &str, defect: Option<&Defect>) -> Self {
        Self(
            defect
                .filter(|own| own.operation == operation)
                .map(|own| own.fault),
        )
    }

    pub(super) fn fault(self) -> Option<Fault> {
        self.0
    }

    /// Changes what is stored, where that is what is wrong.
    pub(super) fn store(self, value: &mut Value) {
        if let Some(Fault::Stores(change)) = self.0 {
            change(value);
        }
    }

    pub(super) fn does(self, slip: Slip) -> bool {
        matches!(self.0, Some(Fault::Slip(own)) if own == slip)
    }
}
