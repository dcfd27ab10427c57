"""The key form: what it does with a key, and that the key is nowhere but in `.env` afterwards."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import ipywidgets
import pytest
from hosts import Hosts, answer, hosts, key
from ipywidgets.widgets.widget import Widget
from scripted_server import serving

from helpers.catalogue import Region
from helpers.config import dotenv_file
from helpers.config.api_key import Secret
from helpers.doctor import probe
from helpers.widgets import key_form
from helpers.widgets.key_desk import FIND, KeyDesk, Reply, Request

NAME = "DASHSCOPE_API_KEY"
SG, NOBODYS, PLAN = key("sgap"), key("none"), "sk-sp-" + "test" * 5


@pytest.fixture(autouse=True)
def only_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dotenv_file, "REPOSITORY", tmp_path)
    (tmp_path / "pyproject.toml").touch()


@pytest.fixture
def service() -> Iterator[Hosts]:
    with hosts(beijing=key("bjin"), singapore=SG, coding_plan=PLAN) as running:
        yield running


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def desk(service: Hosts) -> KeyDesk:
    return KeyDesk(environ={}, regions=service.regions)


def saved() -> dict[str, str]:
    return dotenv_file.read(Path(".env")).values if Path(".env").exists() else {}


class TestTesting:
    def test_the_region_is_found(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        reply = desk.test(Request(Secret(SG)), heard.append)
        assert (reply.good, reply.region, reply.saved) == (True, "singapore", False)
        assert "Singapore" in heard[0]  # said before the key went out
        assert service.keys_at("coding_plan") == []
        assert saved() == {}

    def test_a_plan_key_is_found_among_the_plans(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        assert desk.test(Request(Secret(PLAN)), heard.append).region == "coding_plan"
        assert service.keys_at("beijing") == []

    def test_a_chosen_region_is_asked_first_and_alone(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        assert desk.test(Request(Secret(SG), "singapore"), heard.append).good
        assert service.keys_at("beijing") == heard == []

    def test_the_wrong_region_is_put_right(self, desk: KeyDesk, heard: list[str]):
        reply = desk.test(Request(Secret(SG), "beijing"), heard.append)
        assert (reply.good, reply.region) == (False, "singapore")
        assert "Singapore" in reply.text
        assert heard

    def test_a_refused_key_gets_the_doctors_words(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        reply = desk.test(Request(Secret(NOBODYS), "beijing"), heard.append)
        doctor = probe.check(
            service.regions["beijing"].shared, Secret(NOBODYS), service.regions, announce=lambda text: None
        )
        assert reply == Reply(False, str(doctor.advice))

    @pytest.mark.parametrize("text", ["sk—" + "test" * 6, "your-api-key", "sk-****abcd", NOBODYS[:8] + " x"])
    def test_what_cannot_be_a_key_goes_nowhere(self, desk: KeyDesk, service: Hosts, heard: list[str], text: str):
        for region in (FIND, "beijing"):
            reply = desk.test(Request(Secret(text), region), heard.append)
            assert not reply.good
            assert text not in reply.text
        assert service.keys_at("beijing") == []

    def test_an_empty_field_only_asks_for_a_key(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        for action in (desk.test, desk.save):
            assert "Paste" in action(Request(Secret("")), heard.append).text
        assert heard == service.keys_at("beijing") == []
        assert not Path(".env").exists()

    def test_the_practice_key_needs_neither_network_nor_saving(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        for action in (desk.test, desk.save):
            reply = action(Request(Secret("sk-practice")), heard.append)
            assert reply.good
            assert "practice endpoint" in reply.text
        assert heard == service.keys_at("beijing") == []
        assert not Path(".env").exists()

    def test_a_region_without_a_host_for_all_asks_for_the_api_host(self, heard: list[str]):
        tokyo = Region(
            id="tokyo", name="Tokyo", name_zh="东京", console="c", workspace="https://{WorkspaceId}.jp.example/v1"
        )
        reply = KeyDesk(environ={}, regions={"tokyo": tokyo}).test(Request(Secret(NOBODYS), "tokyo"), heard.append)
        assert "{WorkspaceId}.jp.example" in reply.text

    def test_an_api_host_that_would_give_the_key_away(self, desk: KeyDesk, heard: list[str]):
        reply = desk.test(Request(Secret(NOBODYS), FIND, "http://api.example.com/v1"), heard.append)
        assert "https://" in reply.text


class TestSaving:
    def test_key_and_region_are_saved_privately(self, desk: KeyDesk, heard: list[str]):
        reply = desk.save(Request(Secret(SG)), heard.append)
        assert (reply.good, reply.saved) == (True, True)
        assert saved() == {NAME: SG, "BAILIAN_REGION": "singapore"}
        assert SG not in reply.text
        if sys.platform != "win32":
            assert Path(".env").stat().st_mode & 0o777 == 0o600

    def test_after_a_test_the_service_is_not_asked_again(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        request = Request(Secret(SG), "singapore")
        desk.test(request, heard.append)
        desk.save(request, heard.append)
        assert len(service.keys_at("singapore")) == 1
        desk.save(request, heard.append)  # the first save has forgotten the key and what was said of it
        assert len(service.keys_at("singapore")) == 2

    def test_a_refused_key_is_not_saved(self, desk: KeyDesk, heard: list[str]):
        Path(".env").write_text(f"{NAME}={SG}\n", encoding="utf-8")
        reply = desk.save(Request(Secret(NOBODYS)), heard.append)
        assert (reply.good, reply.saved) == (False, False)
        assert saved() == {NAME: SG}

    def test_without_a_network_it_is_saved_and_said(self, heard: list[str]):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        region = Region(id="beijing", name="Beijing", name_zh="北京", console="c", shared=nowhere)
        reply = KeyDesk(environ={}, regions={"beijing": region}).save(Request(Secret(NOBODYS)), heard.append)
        assert (reply.good, reply.saved) == (False, True)
        assert "could not be tested" in reply.text
        assert saved() == {NAME: NOBODYS}

    def test_an_api_host_is_saved_with_the_key(self, desk: KeyDesk, service: Hosts, heard: list[str]):
        with hosts(own=NOBODYS) as others:
            url = others.servers["own"].base_url
            assert desk.save(Request(Secret(NOBODYS), FIND, f" {url}/ "), heard.append).good
        assert saved() == {NAME: NOBODYS, "BAILIAN_BASE_URL": url}
        assert service.keys_at("beijing") == []

    def test_an_older_base_url_does_not_stand_in_the_way(self, desk: KeyDesk, heard: list[str]):
        Path(".env").write_text("BAILIAN_BASE_URL=https://old.example/v1\n", encoding="utf-8")
        reply = desk.save(Request(Secret(SG)), heard.append)
        assert reply.good
        assert saved()["BAILIAN_BASE_URL"] == ""
        assert ".env.backup" in reply.text

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            (NAME, key("oldk")),
            ("BAILIAN_ENDPOINT", "practice"),
            ("BAILIAN_REGION", "beijing"),
            ("BAILIAN_ENDPOINT", "x"),
        ],
    )
    def test_what_the_environment_overrides_is_said(self, service: Hosts, heard: list[str], name: str, value: str):
        reply = KeyDesk(environ={name: value}, regions=service.regions).save(Request(Secret(SG)), heard.append)
        assert (reply.good, reply.saved) == (False, True)
        assert name in reply.text

    def test_a_folder_that_may_not_be_written(self, desk: KeyDesk, heard: list[str], tmp_path: Path):
        tmp_path.chmod(0o500)
        if os.access(tmp_path, os.W_OK):
            pytest.skip("this user, or this system, is not stopped by permissions")
        assert "Not saved" in desk.save(Request(Secret(SG)), heard.append).text

    def test_a_disk_that_is_full(self, desk: KeyDesk, heard: list[str], monkeypatch: pytest.MonkeyPatch):
        def full(*arguments):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(dotenv_file, "save", full)
        reply = desk.save(Request(Secret(SG)), heard.append)
        assert not reply.saved
        assert "No space left" in reply.text


class Browser:
    """What a browser would be told: every message that a widget sends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.messages: list[dict] = []
        monkeypatch.setattr(Widget, "_send", lambda widget, message, buffers=None: self.messages.append(message))

    def paste(self, form, text: str) -> None:
        form.key.set_state({"value": text})

    def saw(self, text: str) -> bool:
        return text in json.dumps(self.messages, default=str)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser(monkeypatch)


class TestForm:
    def test_paste_test_save(self, desk: KeyDesk, browser: Browser):
        form = key_form(desk)
        browser.paste(form, f" {SG}\n")
        form.test_button.click()
        assert "Singapore" in form.status.value
        assert form.region.value == "singapore"
        form.save_button.click()
        assert saved()[NAME] == SG

    def test_the_key_leaves_no_trace(self, desk: KeyDesk, browser: Browser, capsys: pytest.CaptureFixture[str]):
        form = key_form(desk)
        browser.paste(form, SG)
        assert browser.messages[-1] == {"method": "update", "state": {"value": ""}, "buffer_paths": []}
        form.test_button.click()
        form.save_button.click()
        state = str(Widget.get_manager_state())  # what a notebook that keeps widget state is saved with
        for place in (state, repr(form), str(vars(form)), str(form.key._trait_values), str(capsys.readouterr())):
            assert SG not in place
        assert not browser.saw(SG)
        assert not form.key.taken  # wiped once it is saved

    def test_a_refused_key_can_be_replaced(self, desk: KeyDesk, browser: Browser):
        form = key_form(desk)
        browser.paste(form, NOBODYS)
        form.save_button.click()
        assert "Not saved" in form.status.value
        browser.paste(form, SG)
        form.save_button.click()
        assert saved()[NAME] == SG

    def test_without_a_key_nothing_happens_but_a_message(self, desk: KeyDesk, browser: Browser):
        form = key_form(desk)
        form.test_button.click()
        form.save_button.click()
        assert "Paste one first" in form.status.value
        assert not Path(".env").exists()

    def test_an_unforeseen_fault_shows_no_traceback(self, browser: Browser, capsys: pytest.CaptureFixture[str]):
        class Broken(KeyDesk):
            def test(self, request, announce):
                raise RuntimeError(request.key.reveal())

        form = key_form(Broken(environ={}))
        browser.paste(form, SG)
        form.test_button.click()
        assert "RuntimeError" in form.status.value
        assert SG not in form.status.value + str(capsys.readouterr())

    def test_what_a_server_says_is_text_and_no_html(self, service: Hosts, browser: Browser):
        with serving(lambda request: answer(500, {"error": {"code": "<img src=x>"}})) as server:
            form = key_form(KeyDesk(environ={}, regions=service.regions))
            form.api_host.value = server.base_url + "/<b>"
            browser.paste(form, SG)
            form.test_button.click()
        assert "<b>" not in form.status.value
        assert "<img" not in form.status.value

    def test_its_twin_is_the_same_each_time(self, desk: KeyDesk):
        twins = []
        for _ in range(2):
            bundle = key_form(desk)._repr_mimebundle_()
            assert "model_id" in bundle.pop("application/vnd.jupyter.widget-view+json")
            twins.append(bundle)
        assert twins[0] == twins[1]
        assert set(twins[0]) == {"text/plain", "text/html"}
        assert "Key form" in twins[0]["text/plain"]

    def test_every_region_of_the_catalogue_can_be_chosen(self):
        from helpers.catalogue import regions

        form = key_form()
        assert [value for _, value in form.region.options] == [FIND, *regions()]
        assert isinstance(form.key, ipywidgets.Password)
