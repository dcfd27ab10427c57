"""uv does the installing by pip's settings; where it cannot, pip does it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import pythons
from pythons import packages

from helpers.setup import installer
from helpers.setup.console import Problem


class TestSettings:
    def test_a_command_wins_over_global_and_the_environment_over_both(self) -> None:
        listing = (
            ":env:.timeout='9'\n"
            "global.index-url='https://one/simple'\n"
            "global.timeout='60'\n"
            "global.proxy='http://p:1'\n"
            "install.index-url='https://two/simple'\n"
            "install.timeout='30'\n"
            "download.proxy='http://other:1'\n"
        )
        assert installer.pip_settings(listing) == {
            "index-url": "https://two/simple",
            "timeout": "9",
            "proxy": "http://p:1",
        }

    def test_pip_itself_is_understood(self, tmp_path: Path) -> None:
        file = tmp_path / "pip.ini"
        file.write_text(
            "[global]\nextra-index-url =\n  https://a/simple\n  https://b/simple\ncert = it's a.pem\n", "utf-8"
        )
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        variables |= {"PIP_CONFIG_FILE": str(file), "PIP_TRUSTED_HOST": "a b"}
        listing = subprocess.run(
            [sys.executable, "-m", "pip", "config", "list"], env=variables, capture_output=True, text=True, check=True
        )
        settings = installer.pip_settings(listing.stdout)
        assert settings["extra-index-url"].split() == ["https://a/simple", "https://b/simple"]
        assert settings["cert"] == "it's a.pem"
        assert settings["trusted-host"] == "a b"

    def test_uv_is_told_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(installer, "getproxies", lambda: {"https": "http://of-windows:1"})
        told = installer.uv_variables(
            {
                "index-url": "https://mirror/simple",
                "extra-index-url": "\nhttps://a/simple\nhttps://b/simple",
                "trusted-host": "mirror a:8",
                "cert": "/certificates of us.pem",
                "default-timeout": "12.5",
                "timeout": "60",
            }
        )
        assert told["UV_DEFAULT_INDEX"] == "https://mirror/simple"
        assert told["UV_INDEX"] == "https://a/simple https://b/simple"
        assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"
        assert told["UV_INSECURE_HOST"] == "mirror a:8"
        assert told["SSL_CERT_FILE"] == "/certificates of us.pem"
        assert told["UV_HTTP_TIMEOUT"] == "60"
        assert told["HTTPS_PROXY"] == "http://of-windows:1"

    def test_pips_proxy_wins_over_the_systems(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(installer, "getproxies", lambda: {"https": "http://of-windows:1"})
        told = installer.uv_variables({"proxy": "http://of-pip:2"})
        assert (told["HTTP_PROXY"], told["HTTPS_PROXY"]) == ("http://of-pip:2", "http://of-pip:2")

    def test_a_missing_folder_of_wheels_is_passed_over(self, tmp_path: Path) -> None:
        links = f"{tmp_path} {tmp_path / 'missing'} https://host/wheels"
        assert installer.uv_variables({"find-links": links})["UV_FIND_LINKS"] == f"{tmp_path},https://host/wheels"
        assert "UV_FIND_LINKS" not in installer.uv_variables({"find-links": str(tmp_path / "missing")})

    def test_no_index_is_no_index(self) -> None:
        assert "--no-index" in installer.uv_command(Path("python"), {"no-index": "true"})
        assert "--no-index" not in installer.uv_command(Path("python"), {"no-index": "0"})


def wheel(folder: Path, name: str, **modules: str) -> None:
    """Write a wheel of ``name`` that consists of the given modules, `__main__` of a package of its name included."""
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for module, source in modules.items():
            archive.writestr(f"{name}/{module}.py", source)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


UV = """\
import json, os, pathlib, sys
names = ["UV_FIND_LINKS", "UV_HTTP_TIMEOUT"]
record = {"arguments": sys.argv[1:], **{name: os.environ.get(name) for name in names}}
pathlib.Path("uv.json").write_text(json.dumps(record))
sys.exit(STATUS)
"""


class TestInstalling:
    """With real pip and a folder of tiny wheels, among them one that stands in for uv and notes how it was called."""

    @pytest.fixture
    def python(self, tmp_path: Path) -> Path:
        return pythons.make(tmp_path / "环境 1")

    @pytest.fixture
    def wheels(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "wheels"
        folder.mkdir()
        wheel(folder, "demo", __init__="")
        wheel(folder, "pip", __init__="")
        for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        monkeypatch.setenv("PIP_TIMEOUT", "7")
        monkeypatch.setenv("PIP_USER", "1")
        return folder

    @pytest.fixture
    def requirements(self, tmp_path: Path) -> Path:
        file = tmp_path / "requirements.txt"
        file.write_text("demo\n", "utf-8")
        return file

    @staticmethod
    def has_demo(python: Path) -> bool:
        return subprocess.run([python, "-c", "import demo"], capture_output=True, check=False).returncode == 0

    def test_uv_gets_requirements_and_settings(self, python: Path, wheels: Path, requirements: Path) -> None:
        wheel(wheels, "uv", __main__=UV.replace("STATUS", "0"))
        installer.install(python, requirements)
        called = json.loads((requirements.parent / "uv.json").read_text("utf-8"))
        assert called["arguments"][:2] == ["pip", "install"]
        assert str(python) in called["arguments"]
        assert called["arguments"][-4:] == ["--no-index", "-r", "requirements.txt", "pip"]
        assert called["UV_FIND_LINKS"] == str(wheels)
        assert called["UV_HTTP_TIMEOUT"] == "7"
        assert not self.has_demo(python)  # the stand-in installs nothing, and pip was not needed

    @pytest.mark.parametrize("uv", [UV.replace("STATUS", "2"), None], ids=["uv fails", "no uv for this system"])
    def test_pip_does_what_uv_cannot(
        self, python: Path, wheels: Path, requirements: Path, uv: str | None, capfd: pytest.CaptureFixture[str]
    ) -> None:
        if uv:
            wheel(wheels, "uv", __main__=uv)
        installer.install(python, requirements)
        assert self.has_demo(python)
        assert "plain pip" in capfd.readouterr().out

    def test_out_of_reach(
        self, python: Path, wheels: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PIP_NO_INDEX")
        monkeypatch.delenv("PIP_FIND_LINKS")
        monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nothing listens on the discard port
        monkeypatch.setenv("PIP_RETRIES", "0")
        with pytest.raises(Problem, match="check the network"):
            installer.install(python, requirements)

    def test_a_python_without_pip_and_ensurepip(
        self, python: Path, requirements: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(installer.importlib.util, "find_spec", lambda _: None)
        (packages(python) / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None", "utf-8")
        with pytest.raises(Problem, match=r"apt install python3\.\d+-venv"):
            installer.install(python, requirements)
