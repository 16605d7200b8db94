using System.Text.Json.Serialization;

namespace MlKit.Aspire.Embedded.Ide;

/// <summary>What the IDE is asked to start.</summary>
internal sealed record RunSessionRequest(
    [property: JsonPropertyName("launch_configurations")] IReadOnlyList<object> LaunchConfigurations,
    [property: JsonPropertyName("env")] IReadOnlyList<RunSessionVariable> Env,
    [property: JsonPropertyName("args")] IReadOnlyList<string> Args);

/// <summary>A variable of what is started.</summary>
internal sealed record RunSessionVariable(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("value")] string Value);

/// <summary>What the IDE tells about a session; which fields are there depends on the type.</summary>
internal sealed record IdeNotification
{
    [JsonPropertyName("notification_type")]
    public string? Type { get; init; }

    [JsonPropertyName("session_id")]
    public string? SessionId { get; init; }

    [JsonPropertyName("pid")]
    public long? Pid { get; init; }

    [JsonPropertyName("exit_code")]
    public uint? ExitCode { get; init; }

    [JsonPropertyName("is_std_err")]
    public bool IsStandardError { get; init; }

    [JsonPropertyName("log_message")]
    public string? LogMessage { get; init; }

    [JsonPropertyName("level")]
    public string? Level { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
