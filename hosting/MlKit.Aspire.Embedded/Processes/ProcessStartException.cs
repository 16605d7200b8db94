namespace MlKit.Aspire.Embedded.Processes;

/// <summary>A program could not be started; the message names it and the reason.</summary>
internal sealed class ProcessStartException(string message) : Exception(message);
