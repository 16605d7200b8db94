using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Proto = MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>What a command asks for, as messages, and what was entered, checked.</summary>
internal sealed class CommandArguments(ResourceNotificationService notifications, IServiceProvider services)
{
    private static readonly (InteractionInputCollection, Dictionary<string, string>) Nothing =
        (new InteractionInputCollection([]), new Dictionary<string, string>());

    /// <summary>The message of an input; a secret that the author offered stays here.</summary>
    public static Proto.CommandInput Message(InteractionInput input)
    {
        var message = new Proto.CommandInput
        {
            Name = input.Name,
            Type = input.InputType.ToString(),
            Label = input.Label ?? input.Name,
            Description = input.Description ?? "",
            Placeholder = input.Placeholder ?? "",
            Value = input.InputType == InputType.SecretText ? "" : input.Value ?? "",
            Required = input.Required,
            Disabled = input.Disabled,
            AllowCustomChoice = input.AllowCustomChoice,
        };
        if (input.MaxLength is { } length)
        {
            message.MaxLength = length;
        }

        message.Choices.AddRange((input.Options ?? []).Select(option => new Proto.CommandChoice { Value = option.Key, Label = option.Value }));
        return message;
    }

    /// <summary>The inputs with the values of a request, and what is wrong with them by the names of inputs.</summary>
    public async Task<(InteractionInputCollection Inputs, Dictionary<string, string> Problems)> ReadAsync(
        Proto.ExecuteCommandRequest request, CancellationToken cancellationToken)
    {
        if (!notifications.TryGetCurrentState(request.ResourceId, out var state)
            || state.Resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => c.Name == request.CommandName) is not { Arguments.Count: > 0 } command)
        {
            return Nothing;
        }

        var inputs = new InteractionInputCollection([.. command.Arguments.Select(input => WithValue(input, request))]);
        var problems = new Dictionary<string, string>();
        foreach (var input in inputs)
        {
            if (ProblemOf(input) is { } problem)
            {
                problems[input.Name] = problem;
            }
        }

        if (problems.Count == 0 && command.ValidateArguments is { } validate)
        {
            var context = new InputsDialogValidationContext { Inputs = inputs, Services = services, CancellationToken = cancellationToken };
            await validate(context);
            foreach (var (name, message) in context.Errors)
            {
                problems[name] = message;
            }
        }

        return (inputs, problems);
    }

    // A copy: two visitors may enter different values at the same time.
    private static InteractionInput WithValue(InteractionInput input, Proto.ExecuteCommandRequest request) => new()
    {
        Name = input.Name,
        InputType = input.InputType,
        Label = input.Label,
        Description = input.Description,
        EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
        Placeholder = input.Placeholder,
        Value = !input.Disabled && request.Arguments.TryGetValue(input.Name, out var value) ? value : input.Value,
        Required = input.Required,
        Disabled = input.Disabled,
        MaxLength = input.MaxLength,
        Options = input.Options,
        AllowCustomChoice = input.AllowCustomChoice,
    };

    private static string? ProblemOf(InteractionInput input)
    {
        if (string.IsNullOrEmpty(input.Value))
        {
            return input.Required ? "a value is required" : null;
        }

        return input.InputType switch
        {
            _ when input.Value.Length > input.MaxLength => $"at most {input.MaxLength} characters are allowed",
            InputType.Boolean when !bool.TryParse(input.Value, out _) => "must be true or false",
            InputType.Number when !double.TryParse(input.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "must be a number",
            InputType.Choice when !input.AllowCustomChoice && input.Options?.Any(option => option.Key == input.Value) == false =>
                $"must be one of {string.Join(", ", input.Options.Select(option => option.Key))}",
            _ => null,
        };
    }
}
