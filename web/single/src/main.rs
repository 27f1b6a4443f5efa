//! The page as one file: the app, and beside it everything that the site fetches when it is needed.
//!
//! The other programs are called from JavaScript; naming them here links what they export.

use dabiao_lint as _;
use dabiao_office as _;
use dabiao_workbench as _;

fn main() {
    // In a worker there is no page, and this does nothing.
    dabiao_web::start();
}
