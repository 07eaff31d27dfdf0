"""What transformers renders from chat templates, for many conversations.

    python model_templates_reference.py ../../src/test/resources/io/jenkins/plugins/cascade/model
    python model_templates_reference.py --installed CASES.json

needs a Python with transformers. The first writes templates/expected.json for the templates of that folder and SmolLM2's. The second
takes the templates that an installed trl carries, among them those of Llama 3, 3.1 and 3.2 and Qwen2.5, whose texts are not in this
repository, and writes their texts too. strftime_now is taken away: a prompt that changes from day to day is not trained on.
"""

import json
import sys
from pathlib import Path

from transformers.utils.chat_template_utils import _compile_jinja_template

NASTY = (
    "{{ 7 * 7 }} {% if x %} {# c #} </think> <think> 'single' \"double\" \\n back\\slash \u00a0 \u6771\u4eac "
    "\U0001f680 e\u0301\t{%- raw %}"
)
CALL = [{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Z\u00fcrich \"x\"", "n": 3}}}]
PROPERTIES = {"city": {"type": "string", "description": "<b>&amp;</b> '\u00fc'"}, "n": {"default": 1.5, "e": [], "z": None, "b": True}}
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": 'Gets "weather" in K\u00f6ln \u6771\u4eac',
            "parameters": {"type": "object", "properties": PROPERTIES, "required": ["city"], "y": {}},
        },
    }
]


def user(content):
    return {"role": "user", "content": content}


def assistant(content, **more):
    return {"role": "assistant", "content": content, **more}


def system(content):
    return {"role": "system", "content": content}


def tool(content):
    return {"role": "tool", "content": content}


THOUGHT = "<think>\nthought\n</think>\n\nanswer"
CONVERSATIONS = [
    [user("Hi")],
    [system("You are terse."), user("Hi")],
    [user("Hi"), assistant("Hello"), user("More")],
    [system("  sys \n"), user("  Hi \n\n"), assistant("\n\nHello\n"), user("And\n"), assistant("x")],
    [user("q"), assistant(THOUGHT)],
    [user("q"), assistant(THOUGHT), user("q2"), assistant("<think>a</think>b</think>c\n\n")],
    [user(NASTY), assistant(NASTY), user(NASTY)],
    [system(NASTY), user(NASTY), assistant("</think>"), user("x"), assistant("")],
    [user("q"), assistant("", reasoning_content="because\n"), user("r"), assistant("z", reasoning_content="\nwhy")],
    [user("w"), assistant("calling", tool_calls=CALL), tool("cold"), tool('{"t": 1}'), assistant("It is cold"), user("thx")],
    [user("w"), assistant(None, tool_calls=CALL), tool("cold"), assistant("x")],
    [user("a"), system("mid system"), user("b"), user("c"), assistant("c")],
    [user("<tool_response>x</tool_response>"), assistant("k")],
    [user("x /think"), assistant("y"), user("z /no_think")],
    [assistant("first")],
]
OPTIONS = [
    {},
    {"enable_thinking": False},
    {"tools": TOOLS},
    {"tools": TOOLS, "tools_in_user_message": False, "date_string": "1 Jan 2025"},
    {"builtin_tools": ["code_interpreter", "brave_search", "get_weather"]},
]
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>"}


def cases(name, text):
    template = _compile_jinja_template(text)
    template.environment.globals.pop("strftime_now", None)
    template.globals.pop("strftime_now", None)
    for conversation, messages in enumerate(CONVERSATIONS):
        for option, given in enumerate(OPTIONS):
            variables = {"tools": None, "documents": None, **SPECIAL, **given}
            add = (conversation + option) % 2 == 0
            try:
                expected = template.render(messages=messages, add_generation_prompt=add, **variables)
            except Exception as refusal:  # what a template raises: a refusal, an undefined value, a wrong type
                yield dict(template=name, conversation=conversation, option=option, add=add, error=str(refusal))
            else:
                yield dict(template=name, conversation=conversation, option=option, add=add, expected=expected)


def write(path, templates, texts):
    rows = [case for name, text in templates.items() for case in cases(name, text)]
    content = dict(special=SPECIAL, conversations=CONVERSATIONS, options=OPTIONS, templates=texts, cases=rows)
    path.write_text(json.dumps(content, indent=1) + "\n")


def main(arguments):
    if arguments[0] == "--installed":
        import trl

        folder = Path(trl.__file__).parent / "chat_templates"
        templates = {path.stem: path.read_text() for path in sorted(folder.glob("*.jinja"))}
        write(Path(arguments[1]), templates, templates)
    else:
        root = Path(arguments[0])
        templates = {path.stem: path.read_text() for path in sorted((root / "templates").glob("*.jinja"))}
        templates["smollm2"] = (root / "smollm2" / "chat_template.jinja").read_text()
        write(root / "templates" / "expected.json", templates, {})


if __name__ == "__main__":
    main(sys.argv[1:])
