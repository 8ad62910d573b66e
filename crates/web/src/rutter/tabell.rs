//! The rows, a file for each room.

mod allmant;
mod bokforing;
mod deltagare;
mod framat;
mod insatser;
mod livet;
mod medel;
mod oppet;
mod rapporter;
mod register;
mod uppfoljning;

use super::Rutt;
use std::sync::LazyLock;

/// Every route there is. The order is that of the menus.
pub static RUTTER: LazyLock<Vec<Rutt>> = LazyLock::new(|| {
    [
        allmant::RUTTER,
        medel::RUTTER,
        bokforing::RUTTER,
        uppfoljning::RUTTER,
        livet::RUTTER,
        framat::RUTTER,
        insatser::RUTTER,
        deltagare::RUTTER,
        rapporter::RUTTER,
        register::RUTTER,
        oppet::RUTTER,
    ]
    .concat()
});
