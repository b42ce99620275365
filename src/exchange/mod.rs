//! Notes and codes to and from other programs, without loss.
//!
//! Every format here is known both ways, as pure functions between bytes and one plain value, the
//! [`Parcel`]; the law of each is that what it can express comes back equal. (Hypothesis, the table of
//! values and RON are only read here: the first is another program's, the others are written by
//! [`crate::export`].) Where notes belong in a document of ours is the work of [`place`].
//!
//! This room knows no files and no clock. What it reads was written by others: everything is limited in
//! size, depth and number, and nothing in it is ever run, fetched or followed.

mod counting;
mod documents;
mod format;
mod hypothesis;
pub(crate) mod identity;
mod json;
mod limits;
mod outgoing;
mod own;
mod parcel;
mod placing;
mod refi;
mod remark;
mod said;
#[cfg(test)]
mod sample;
mod table;
mod web_annotation;
mod xml;

pub use counting::Counting;
pub use format::*;
pub use limits::{MOST_BYTES, MOST_NOTES};
pub use parcel::*;
pub use placing::*;
use refi::whole;
pub use refi::{codebook_to_refi, project_in, project_to_refi};
pub use remark::*;
pub(crate) use said::joined;
pub use web_annotation::to_web_annotations;
