# The speech server on a Unix socket, which its own command line cannot say: the socket, the configuration.
import os
import sys

import uvicorn
from faster_whisper_server.models import configure_models_from_config

os.environ["FWS_CONFIG_PATH"] = sys.argv[2]
configure_models_from_config(sys.argv[2])

from faster_whisper_server.api import app

uvicorn.run(app, uds=sys.argv[1], timeout_keep_alive=5, log_level="warning")
