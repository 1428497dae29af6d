//! What is done for each request, going on as soon as what it waits for is there.
//!
//! A promise for each, woken by the runtime's queue, would cost as much as a turn of the conversation
//! (docs/decisions/0017-one-crossing.md): here whoever brings what was waited for goes on with it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

thread_local! {
    /// All that is under way in this isolate.
    static TASKS: RefCell<Tasks> = RefCell::default();
}

#[derive(Default)]
struct Tasks {
    last: u32,
    waiting: Vec<Task>,
    /// Those that can go on, by their numbers.
    ready: VecDeque<u32>,
}

struct Task {
    number: u32,
    waker: Waker,
    work: Pin<Box<dyn Future<Output = ()>>>,
}

struct Number(u32);

impl Wake for Number {
    fn wake(self: Arc<Self>) {
        TASKS.with_borrow_mut(|tasks| tasks.ready.push_back(self.0));
    }
}

/// Begins something, and goes on with it until it has to wait.
pub(crate) fn begin(work: impl Future<Output = ()> + 'static) {
    TASKS.with_borrow_mut(|tasks| {
        tasks.last = tasks.last.wrapping_add(1);
        let number = tasks.last;
        let waker = Waker::from(Arc::new(Number(number)));
        tasks.waiting.push(Task { number, waker, work: Box::pin(work) });
        tasks.ready.push_back(number);
    });
    go_on();
}

/// Goes on with all that has not to wait any more.
pub(crate) fn go_on() {
    // Nothing is borrowed while a task works: it may wake others, and itself.
    let next = || {
        TASKS.with_borrow_mut(|tasks| {
            while let Some(ready) = tasks.ready.pop_front() {
                let at = tasks.waiting.iter().position(|task| task.number == ready);
                if let Some(at) = at {
                    return Some(tasks.waiting.swap_remove(at));
                }
                // It was woken twice, and is done.
            }
            None
        })
    };
    while let Some(mut task) = next() {
        let poll = task.work.as_mut().poll(&mut Context::from_waker(&task.waker));
        if poll == Poll::Pending {
            TASKS.with_borrow_mut(|tasks| tasks.waiting.push(task));
        }
    }
}
