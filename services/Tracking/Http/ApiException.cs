namespace MlKit.Tracking.Http;

/// <summary>A request that is refused, with the error code that MLflow's clients look at.</summary>
internal sealed class ApiException : Exception
{
    private ApiException(string errorCode, int status, string message)
        : base(message)
    {
        ErrorCode = errorCode;
        Status = status;
    }

    public string ErrorCode { get; }

    public int Status { get; }

    public static ApiException Invalid(string message) =>
        new("INVALID_PARAMETER_VALUE", StatusCodes.Status400BadRequest, message);

    public static ApiException BadRequest(string message) =>
        new("BAD_REQUEST", StatusCodes.Status400BadRequest, message);

    public static ApiException Missing(string message) =>
        new("RESOURCE_DOES_NOT_EXIST", StatusCodes.Status404NotFound, message);

    public static ApiException AlreadyExists(string message) =>
        new("RESOURCE_ALREADY_EXISTS", StatusCodes.Status400BadRequest, message);

    public static ApiException UnknownEndpoint(string message) =>
        new("ENDPOINT_NOT_FOUND", StatusCodes.Status404NotFound, message);

    public static ApiException WrongMethod(string message) =>
        new("ENDPOINT_NOT_FOUND", StatusCodes.Status405MethodNotAllowed, message);

    public static ApiException NotImplemented(string message) =>
        new("NOT_IMPLEMENTED", StatusCodes.Status501NotImplemented, message);

    public static ApiException TooLarge(string message) =>
        new("INVALID_PARAMETER_VALUE", StatusCodes.Status413PayloadTooLarge, message);

    public static ApiException Unprocessable(string message) =>
        new("INVALID_PARAMETER_VALUE", StatusCodes.Status422UnprocessableEntity, message);

    public static ApiException Unavailable(string message) =>
        new("TEMPORARILY_UNAVAILABLE", StatusCodes.Status503ServiceUnavailable, message);

    public static ApiException MissingParameter(FieldName name) =>
        Invalid($"Missing value for required parameter '{name}'. See the API docs for more information about request parameters.");

    public static ApiException WrongType(FieldName name, string value, string type) =>
        Invalid($"Invalid value {value} for parameter '{name}' supplied: the value was of type '{type}'.");
}
