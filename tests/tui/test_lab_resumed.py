"""A run that is kept is gone on with on the screen, once; what is begun later has a new folder."""

from tests.tui.lab_app import FakeRun
from tutor.training import store
from tutor.training.catalog import Chosen, find
from tutor.tui.lab.bench import bench_of
from tutor.tui.lab.watched import Watch


async def test_a_run_that_is_kept_is_gone_on_with_once(tmp_path):
    found = find("softmax")
    kept = store.new(tmp_path, found.name)
    run = FakeRun()
    watch = Watch(run, bench_of(Chosen(found, found.experiment(), kept)), tmp_path)
    await watch.begin()
    assert run.folders == [(kept.folder, True)] and watch.folder == kept.folder
    assert store.in_use(kept.folder)
    await watch.begin()
    assert not run.folders[1][1] and watch.folder not in (None, kept.folder)
    assert not store.in_use(kept.folder)
    watch.leave()


async def test_an_experiment_that_is_begun_has_a_folder_of_its_own(tmp_path):
    found = find("softmax")
    run = FakeRun()
    watch = Watch(run, bench_of(Chosen(found, found.experiment())), tmp_path)
    await watch.begin()
    (folder,) = tmp_path.iterdir()
    assert run.folders == [(folder, False)] and store.in_use(folder)
    watch.leave()
    assert not store.in_use(folder)
