"""Settings: what the environment and `.env` mean together, and what they are refused for."""

import copy
import dataclasses
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.catalogue import default_model, regions
from helpers.config import dotenv_file
from helpers.config.settings import Secret, Settings, SettingsError

KEY = "sk-" + "test" * 5
PLAN_KEY = "sk-sp-" + "test" * 5
BEIJING = regions()["beijing"].shared


@pytest.fixture(autouse=True)
def only_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the settings of whoever runs the tests nor their `.env` counts."""
    for name in [name for name in os.environ if name.startswith(("BAILIAN_", "DASHSCOPE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dotenv_file, "REPOSITORY", tmp_path / "checkout")


def load(**environ: str) -> Settings:
    return Settings.load(environ=environ)


def refused(**environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(**environ)
    assert caught.value.advice.problem
    assert caught.value.advice.next_step
    return str(caught.value)


class TestMode:
    def test_without_anything_it_is_practice(self):
        settings = load()
        assert (settings.mode, settings.region, settings.base_url) == ("practice", None, None)
        assert settings.model == default_model()
        assert not settings.api_key
        assert (settings.pace, settings.developer_role) == ("realistic", "accept")

    def test_a_key_alone_means_live_in_beijing(self):
        settings = load(DASHSCOPE_API_KEY=KEY)
        assert (settings.mode, settings.region, settings.base_url) == ("live", "beijing", BEIJING)
        assert settings.api_key.reveal() == KEY

    def test_practice_keeps_a_key_at_home(self):
        settings = load(DASHSCOPE_API_KEY=KEY, BAILIAN_ENDPOINT="practice")
        assert settings.mode == "practice"
        assert not settings.api_key

    def test_practice_works_whatever_else_is_wrong(self, tmp_path: Path):
        (tmp_path / ".env").write_text('DASHSCOPE_API_KEY="sk-xxx\nBAILIAN_REGION=mars\n', encoding="utf-8")
        assert load(BAILIAN_ENDPOINT="practice", BAILIAN_BASE_URL="nonsense").mode == "practice"

    def test_live_without_a_key_says_where_to_put_it(self):
        assert ".env" in refused(BAILIAN_ENDPOINT="live")

    def test_the_practice_key_is_no_key_for_the_service(self):
        assert load(DASHSCOPE_API_KEY="sk-practice").mode == "practice"
        assert "practice" in refused(DASHSCOPE_API_KEY="sk-practice", BAILIAN_ENDPOINT="live")

    def test_the_practice_key_in_the_environment_does_not_hide_a_saved_one(self, tmp_path: Path):
        """The notebooks lend it to the environment for their template cells, and then somebody saves a key."""
        (tmp_path / ".env").write_text(f"DASHSCOPE_API_KEY={KEY}\n", encoding="utf-8")
        settings = load(DASHSCOPE_API_KEY="sk-practice")
        assert (settings.mode, settings.api_key.reveal()) == ("live", KEY)

    def test_the_practice_key_goes_to_a_practice_endpoint_that_runs_by_itself(self):
        settings = load(DASHSCOPE_API_KEY="sk-practice", BAILIAN_BASE_URL="http://127.0.0.1:8765/compatible-mode/v1")
        assert (settings.mode, settings.api_key.reveal()) == ("live", "sk-practice")

    @pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://localhost:11434/v1", "http://[::1]:1/v1"])
    def test_a_local_server_needs_no_key(self, url: str):
        settings = load(BAILIAN_BASE_URL=url)
        assert (settings.mode, settings.base_url, settings.region) == ("live", url, None)
        assert settings.api_key.reveal()  # an OpenAI client refuses to work with an empty one

    def test_a_public_server_without_a_key_is_not_called(self):
        assert load(BAILIAN_BASE_URL="https://api.example.com/v1").mode == "practice"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("BAILIAN_ENDPOINT", "online"),
            ("BAILIAN_REGION", "mars"),
            ("BAILIAN_PRACTICE_PACE", "slow"),
            ("BAILIAN_PRACTICE_DEVELOPER_ROLE", "maybe"),
        ],
    )
    def test_a_wrong_word_is_shown_with_the_right_ones(self, name: str, value: str):
        message = refused(**{name: value})
        assert name in message
        assert value in message
        allowed = {"BAILIAN_REGION": "beijing", "BAILIAN_PRACTICE_PACE": "instant"}.get(name, "")
        assert allowed in message
        assert "the environment" in message

    def test_words_may_be_in_any_case_and_have_spaces_around_them(self):
        settings = load(BAILIAN_ENDPOINT=" Practice ", BAILIAN_PRACTICE_PACE="INSTANT")
        assert (settings.mode, settings.pace) == ("practice", "instant")

    @pytest.mark.parametrize("name", ["BAILIAN_REGION", "BAILIAN_MODEL", "BAILIAN_ENDPOINT", "BAILIAN_BASE_URL"])
    def test_a_key_in_the_wrong_variable_is_not_shown(self, name: str):
        assert KEY not in refused(**{name: KEY if name != "BAILIAN_BASE_URL" else f"https://host.example/v1?key={KEY}"})


class TestRegion:
    @pytest.mark.parametrize(
        "word", [w for r in regions().values() if r.shared and not r.plan for w in (r.id, *r.aliases)]
    )
    def test_every_id_and_alias_in_any_case(self, word: str):
        settings = load(DASHSCOPE_API_KEY=KEY, BAILIAN_REGION=word.upper())
        assert settings.base_url == regions()[settings.region].shared

    @pytest.mark.parametrize("id_", [r.id for r in regions().values() if not r.shared])
    def test_without_a_shared_host_the_form_of_the_workspace_host_is_shown(self, id_: str):
        message = refused(DASHSCOPE_API_KEY=KEY, BAILIAN_REGION=id_)
        assert regions()[id_].workspace in message
        assert "API Host" in message
        assert regions()[id_].console in message

    @pytest.mark.parametrize("id_", [r.id for r in regions().values() if r.workspace])
    def test_a_workspace_host_tells_its_region(self, id_: str):
        url = regions()[id_].workspace.replace("{WorkspaceId}", "llm-1a2b3c")
        settings = load(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=url)
        assert (settings.base_url, settings.region) == (url, id_)

    def test_the_base_url_wins_over_the_region(self):
        settings = load(DASHSCOPE_API_KEY=KEY, BAILIAN_REGION="beijing", BAILIAN_BASE_URL="https://api.example.com/v1/")
        assert (settings.base_url, settings.region) == ("https://api.example.com/v1", None)

    def test_a_plan_key_wants_its_plan(self):
        assert "coding-plan" in refused(DASHSCOPE_API_KEY=PLAN_KEY)
        assert "coding-plan" in refused(DASHSCOPE_API_KEY=PLAN_KEY, BAILIAN_REGION="singapore")
        assert (
            load(DASHSCOPE_API_KEY=PLAN_KEY, BAILIAN_REGION="coding-plan").base_url == regions()["coding-plan"].shared
        )

    def test_a_plan_wants_its_own_key(self):
        assert "sk-sp-" in refused(DASHSCOPE_API_KEY=KEY, BAILIAN_REGION="token-plan")
        assert "sk-sp-" in refused(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=regions()["token-plan"].shared)


class TestBaseUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "api.example.com/v1",
            "ftp://api.example.com/v1",
            "https://",
            "https://api.example.com:port/v1",
            "https://api.exa mple.com/v1",
            "https://{WorkspaceId}.cn-beijing.maas.aliyuncs.com/compatible-mode/v1",
            "https://llm-xxxxxxxx.cn-beijing.maas.aliyuncs.com/compatible-mode/v1",
            "https://api.example.com/v1/chat/completions",
            "https://api.example.com/v1?model=a",
            "https://user:password@api.example.com/v1",
        ],
    )
    def test_what_is_no_base_url_is_refused(self, url: str):
        message = refused(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=url)
        assert "BAILIAN_BASE_URL" in message
        assert "password@" not in message

    @pytest.mark.parametrize(
        "url", ["http://api.example.com/v1", "http://8.8.8.8/v1", "http://dashscope.aliyuncs.com.example/v1"]
    )
    def test_a_key_does_not_travel_unencrypted(self, url: str):
        assert "https://" in refused(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=url)

    @pytest.mark.parametrize("url", ["http://192.168.1.5:8000/v1", "http://gpu-box:8000/v1", "http://nas.local/v1"])
    def test_the_local_network_may_be_unencrypted(self, url: str):
        assert load(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=url).base_url == url

    def test_the_api_host_may_be_pasted_as_the_console_shows_it(self):
        for pasted in ("llm-1a2b.eu-central-1.maas.aliyuncs.com", "https://llm-1a2b.eu-central-1.maas.aliyuncs.com/"):
            settings = load(DASHSCOPE_API_KEY=KEY, BAILIAN_BASE_URL=pasted)
            assert settings.base_url == "https://llm-1a2b.eu-central-1.maas.aliyuncs.com/compatible-mode/v1"
            assert settings.region == "frankfurt"


class TestKey:
    @pytest.mark.parametrize(
        "text",
        [
            "sk—" + "test" * 5,
            "sk-" + "ｔest" * 5,
            KEY[:9] + " " + KEY[9:],
            KEY[:9] + "\u200b" + KEY[9:],
            f"Bearer {KEY}",
            f"“{KEY}”",
            f'{KEY}"',
            "sk-****test",
            "sk-xxx",
            "your-api-key",
            "<your key>",
            "sk-你的密钥",
            "LTAI" + "test" * 5,
        ],
    )
    def test_what_cannot_be_a_key_is_refused_and_not_shown(self, text: str):
        message = refused(DASHSCOPE_API_KEY=text)
        assert "DASHSCOPE_API_KEY" in message
        assert "testtest" not in message

    def test_spaces_around_it_do_not_count(self):
        assert load(DASHSCOPE_API_KEY=f"  {KEY}\n").api_key.reveal() == KEY

    @pytest.mark.parametrize("text", ["0123456789.abcdef", "EMPTY", "my-key", "sk-xxx"])
    def test_other_servers_take_other_keys(self, text: str):
        settings = load(DASHSCOPE_API_KEY=text, BAILIAN_BASE_URL="https://api.example.com/v1")
        assert settings.api_key.reveal() == text


class TestEnvFile:
    def test_it_is_found_from_a_folder_inside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / ".env").write_text(f"DASHSCOPE_API_KEY={KEY}\n", encoding="utf-8")
        (tmp_path / "notebooks" / "en").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / "notebooks" / "en")
        settings = load()
        assert settings.api_key.reveal() == KEY
        assert settings.env_file == (tmp_path / ".env").resolve()

    def test_it_is_found_in_the_repository_from_anywhere(self, tmp_path: Path):
        (tmp_path / "checkout").mkdir()
        (tmp_path / "checkout" / ".env").write_text("BAILIAN_MODEL=qwen-flash", encoding="utf-8")
        (tmp_path / ".env").mkdir()  # an environment of Python that somebody named so
        assert load().model == "qwen-flash"

    def test_the_environment_wins_unless_it_is_empty(self, tmp_path: Path):
        (tmp_path / ".env").write_text("BAILIAN_MODEL=qwen-flash\nBAILIAN_REGION=singapore\n", encoding="utf-8")
        settings = load(BAILIAN_MODEL="qwen-max", BAILIAN_REGION="", DASHSCOPE_API_KEY=KEY)
        assert (settings.model, settings.region) == ("qwen-max", "singapore")

    def test_nothing_gets_into_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / ".env").write_text(f"DASHSCOPE_API_KEY={KEY}\n", encoding="utf-8")
        assert Settings.load().api_key.reveal() == KEY
        assert KEY not in os.environ.values()

    def test_dollar_signs_are_only_dollar_signs(self, tmp_path: Path):
        (tmp_path / ".env").write_text("BAILIAN_MODEL=qwen-$HOME-${PATH}\n", encoding="utf-8")
        assert load().model == "qwen-$HOME-${PATH}"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_what_notepad_saves_can_be_read(self, tmp_path: Path, encoding: str):
        (tmp_path / ".env").write_bytes(f"DASHSCOPE_API_KEY={KEY}\r\n# 地域\r\nBAILIAN_REGION=us\r\n".encode(encoding))
        settings = load()
        assert (settings.api_key.reveal(), settings.region) == (KEY, "virginia")

    def test_a_comment_in_an_old_code_page_does_no_harm(self, tmp_path: Path):
        (tmp_path / ".env").write_bytes("# 密钥\nBAILIAN_MODEL=qwen-flash\n".encode("gb18030"))
        assert load().model == "qwen-flash"

    def test_a_wrong_value_is_traced_to_the_file_without_this_machines_path(self, tmp_path: Path):
        (tmp_path / ".env").write_text("BAILIAN_REGION=mars\n", encoding="utf-8")
        message = refused()
        assert "from .env" in message
        assert str(tmp_path) not in message
        assert str(tmp_path) not in repr(load(BAILIAN_REGION="us"))

    def test_a_line_that_cannot_be_read_is_no_silent_practice(self, tmp_path: Path):
        (tmp_path / ".env").write_text(f'# mine\n\nDASHSCOPE_API_KEY="{KEY}\n', encoding="utf-8")
        message = refused()
        assert "Line 3 of .env" in message
        assert KEY not in message
        assert load(DASHSCOPE_API_KEY=KEY).mode == "live"  # the line no longer matters

    @pytest.mark.parametrize(
        "line", [f"DASHSCOPE_API_KEY＝{KEY}", f"DASHSCOPE_API_KEY {KEY}", f"set DASHSCOPE_API_KEY={KEY}"]
    )
    def test_neither_is_a_line_that_sets_nothing(self, tmp_path: Path, line: str):
        (tmp_path / ".env").write_text(line, encoding="utf-8")
        assert "DASHSCOPE_API_KEY" in refused()

    def test_a_file_that_may_not_be_read(self, tmp_path: Path):
        (tmp_path / ".env").touch(mode=0)
        if os.access(tmp_path / ".env", os.R_OK):
            pytest.skip("this user, or this system, is not stopped by permissions")
        assert ".env" in refused()


class TestSecret:
    def test_nothing_shows_it(self):
        secret = Secret(KEY)
        settings = load(DASHSCOPE_API_KEY=KEY)
        views = [str(secret), repr(secret), f"{secret}", f"{secret:>40}", f"{secret!r}", repr(settings), str(settings)]
        views += ["%s %r" % (secret, secret), repr(dataclasses.asdict(settings)), str([secret]), str(vars(settings))]  # noqa: UP031
        for view in views:
            assert "testtest" not in view
        assert str(secret).endswith("test")

    @pytest.mark.parametrize("short", ["", "s", "sk-abcd", "sk-practice"])
    def test_of_a_short_one_nothing_is_left(self, short: str):
        assert not set(str(Secret(short)).removeprefix("sk-")) - {"*"} or str(Secret(short)) == "none"

    def test_it_cannot_be_written_down(self):
        with pytest.raises(TypeError):
            pickle.dumps(Secret(KEY))
        with pytest.raises(TypeError):
            pickle.dumps(load(DASHSCOPE_API_KEY=KEY))

    def test_it_behaves_like_a_value(self):
        secret = Secret(KEY)
        assert secret == Secret(KEY)
        assert secret != Secret("other")
        assert secret != KEY
        assert len({secret, Secret(KEY)}) == 1
        assert copy.copy(secret) == copy.deepcopy(secret) == secret
        assert dataclasses.asdict(load(DASHSCOPE_API_KEY=KEY))["api_key"].reveal() == KEY


def test_importing_it_loads_nothing_beyond_the_standard_library():
    script = "import sys; import helpers.config.settings; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True).stdout
    assert not {"dotenv", "openai", "httpx2", "pydantic"} & set(loaded.split())
