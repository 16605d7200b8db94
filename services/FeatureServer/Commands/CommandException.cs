namespace MlKit.FeatureServer.Commands;

/// <summary>The command line is wrong; the message says how and what is allowed.</summary>
internal sealed class CommandException(string message) : Exception(message);
