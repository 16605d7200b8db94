namespace MlKit.Inference;

/// <summary>What carries the protocol.</summary>
public enum InferenceTransport
{
    /// <summary>HTTP with binary tensors.</summary>
    Rest,

    /// <summary>gRPC with raw tensors.</summary>
    Grpc,
}

/// <summary>Settings of a client that <see cref="InferenceServiceCollectionExtensions.AddInferenceClient"/> registers.</summary>
public sealed class InferenceClientOptions
{
    /// <summary>Addresses of the servers, for example <c>http://scorer</c>; requests go to the one with the fewest in progress.</summary>
    public IList<Uri> Addresses { get; } = [];

    /// <summary>What carries the protocol; REST by default.</summary>
    public InferenceTransport Transport { get; set; }

    /// <summary>Time for one call with all its repetitions; 10 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is repeated that no server could take; 2 by default. Calls of a sequence are never repeated.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>Pause before the first repetition, doubled for each further one, where the server names none; 50 ms by default.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a server that could not be reached is left out; 1 s by default.</summary>
    public TimeSpan LeaveOut { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A health check is registered; on by default.</summary>
    public bool HasHealthCheck { get; set; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        if (Addresses.Count == 0 || Addresses.Any(address => !address.IsAbsoluteUri))
        {
            throw new InvalidOperationException($"the inference client has the addresses '{string.Join(", ", Addresses)}'; allowed: one absolute address or more, for example http://scorer");
        }

        if (Timeout <= TimeSpan.Zero || MaxRetries < 0 || RetryPause < TimeSpan.Zero)
        {
            throw new InvalidOperationException($"the inference client has Timeout {Timeout}, MaxRetries {MaxRetries} and RetryPause {RetryPause}; allowed: a timeout above 0, no negative value");
        }
    }
}
