internal import CCurl

/// One attempt on the event thread: an easy handle, what it borrows, and what its callbacks note.
///
/// Lives and dies on that thread. The callbacks hold it unretained: the handle goes with it.
@safe final class Transfer {
    let plan: TransferPlan
    let easy: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var form: OpaquePointer?
    var upload: UploadFile?
    var formUploads: [UploadFile] = []

    var head: ResponseHeadParser
    var clock: TransferClock
    var receivedBytes = 0
    var movedBytes: (down: Int, up: Int) = (0, 0)
    var hasSentRequest = false
    /// The first error that a callback found; it stands for the one that libcurl then reports.
    var failure: HTTPError?

    init(_ plan: TransferPlan) throws(HTTPError) {
        guard CurlLibrary.isReady, let easy = unsafe curl_easy_init() else {
            throw HTTPError(.protocolViolation, "libcurl cannot be initialised.")
        }
        self.plan = plan
        unsafe self.easy = easy
        head = ResponseHeadParser(attempts: plan.attempt)
        clock = TransferClock(plan.request.deadlines)
        try configure()
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_mime_free(form)
        unsafe curl_slist_free_all(headerList)
    }

    /// Notes an error and gives the value that makes libcurl stop.
    func fail<Stop>(_ error: HTTPError, _ stop: Stop) -> Stop {
        if failure == nil { failure = error }
        return stop
    }

    // MARK: Options

    func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(unsafe vocero_easy_setopt_long(easy, option, value))
    }

    func set(_ option: CURLoption, _ value: String?) throws(HTTPError) {
        guard let value else { return try check(unsafe vocero_easy_setopt_string(easy, option, nil)) }
        try check(unsafe vocero_easy_setopt_string(easy, option, value))
    }

    func check(_ code: CURLcode) throws(HTTPError) {
        guard code == CURLE_OK else { throw .setup(code) }
    }

    func setHeaders(_ lines: [String]) throws(HTTPError) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(headerList, line) else { throw .setup(CURLE_OUT_OF_MEMORY) }
            unsafe headerList = longer
        }
        try check(unsafe vocero_easy_setopt_headers(easy, headerList))
    }

    /// The form that the handle owns, made on first use.
    func makeForm() throws(HTTPError) -> OpaquePointer {
        guard let form = unsafe curl_mime_init(easy) else { throw .setup(CURLE_OUT_OF_MEMORY) }
        unsafe self.form = form
        return unsafe form
    }
}
