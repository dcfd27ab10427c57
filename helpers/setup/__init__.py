"""From a bare Python to a running JupyterLab. Standard library only: nothing is installed yet."""
