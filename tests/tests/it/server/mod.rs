//! The server written by hand does what its document says, and each planted defect really shows.

mod call;
mod conforming;
mod deviations;
